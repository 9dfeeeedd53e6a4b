"""Multi-head attention as a diagram: what Fig. 2 (right) of Vaswani et al. (2017) shows.

The paper (https://arxiv.org/abs/1706.03762) shows the boxes; the shapes are added here.
"""

from matplotlib.figure import Figure

from .board import ATTENTION, PLAIN, PRODUCT, Box, Diagram


def draw() -> Figure:
    """From query, key and value at the bottom to the output at the top."""
    board = Diagram(4.6, 4.7)
    attention = board.box(Box(1.75, 2.25, 2.9, 0.44), "スケール付き内積注意", ATTENTION, copies=3)
    for x, letter, name, rows, width in (
        (0.65, "Q", "query", "L", "d_k"),
        (1.75, "K", "key", "M", "d_k"),
        (2.85, "V", "value", "M", "d_v"),
    ):
        given = board.box(Box(x, 0.55, 0.6, 0.34), f"${letter}$", PLAIN)
        board.text((x, 0.22), name, quiet=True)
        linear = board.box(Box(x, 1.3, 0.8, 0.38), "線形変換", PRODUCT, copies=3)
        board.arrow(given.top, linear.bottom)
        board.arrow((x, linear.top[1] + 0.14), (x, attention.bottom[1]))
        board.text(
            (x + 0.07, 0.9), rf"${rows} \times d_{{\mathrm{{model}}}}$", align="left", quiet=True
        )
        board.text((x + 0.07, 1.8), rf"${rows} \times {width}$", align="left", quiet=True)
    board.text((3.5, 1.37), "ヘッドごとに", align="left", quiet=True)
    board.text((3.6, 1.8), "が $h$ 組", align="left", quiet=True)
    board.text((3.5, 2.32), "$h$ 個のヘッド", align="left", quiet=True)

    concat = board.box(Box(1.75, 3.15, 2.0, 0.38), "つなぐ（concat）", PLAIN)
    linear = board.box(Box(1.75, 3.85, 2.0, 0.38), "線形変換", PRODUCT)
    for offset in (-0.2, 0.0, 0.2):
        board.arrow(
            (concat.x + offset, attention.top[1] + 0.14), (concat.x + offset, concat.bottom[1])
        )
    board.arrow(concat.top, linear.bottom)
    board.text((3.5, 2.77), r"$L \times d_v$  が $h$ 組", align="left", quiet=True)
    board.text((3.5, 3.5), r"$L \times h d_v$", align="left", quiet=True)
    board.arrow(linear.top, (linear.x, 4.4))
    board.text((linear.x, 4.57), "出力")
    board.text((3.5, 4.57), r"$L \times d_{\mathrm{model}}$", align="left", quiet=True)
    return board.figure
