"""Scaled dot-product attention as a diagram: what Fig. 2 (left) of Vaswani et al. (2017) shows.

The paper (https://arxiv.org/abs/1706.03762) shows the five steps; the shapes are added here.
"""

from matplotlib.figure import Figure

from .board import ATTENTION, PLAIN, PRODUCT, SOFTMAX, Box, Diagram


def draw() -> Figure:
    """From query, key and value at the bottom to the output at the top."""
    board = Diagram(4.6, 5.06)
    query = board.box(Box(0.75, 0.55, 0.6, 0.34), "$Q$", PLAIN)
    key = board.box(Box(2.05, 0.55, 0.6, 0.34), "$K$", PLAIN)
    value = board.box(Box(3.6, 0.55, 0.6, 0.34), "$V$", PLAIN)
    board.text((query.x, 0.22), r"query  $L \times d_k$", quiet=True)
    board.text((key.x, 0.22), r"key  $M \times d_k$", quiet=True)
    board.text((value.x, 0.22), r"value  $M \times d_v$", quiet=True)

    scores = board.box(Box(1.4, 1.3, 2.2, 0.38), "① 行列の積（matmul）", PRODUCT)
    scale = board.box(Box(1.4, 2.0, 2.2, 0.38), r"② $\sqrt{d_k}$ で割る（scale）", ATTENTION)
    mask = board.box(Box(1.4, 2.7, 2.2, 0.38), "③ マスク（mask）", PLAIN, dashed=True)
    softmax = board.box(Box(1.4, 3.4, 2.2, 0.38), "④ ソフトマックス", SOFTMAX)
    output = board.box(Box(2.5, 4.15, 2.8, 0.38), "⑤ 行列の積（matmul）", PRODUCT)
    board.text((2.6, mask.y), "要るときだけ", align="left", quiet=True)

    board.arrow(query.top, (query.x, scores.bottom[1]))
    board.arrow(key.top, (key.x, scores.bottom[1]))
    for below, above, shape in (
        (scores, scale, r"$Q K^\top$   $L \times M$"),
        (scale, mask, r"$L \times M$"),
        (mask, softmax, r"$L \times M$"),
    ):
        board.arrow(below.top, above.bottom)
        board.text(
            (below.x + 0.12, (below.top[1] + above.bottom[1]) / 2), shape, align="left", quiet=True
        )
    board.arrow(softmax.top, (softmax.x, output.bottom[1]))
    board.text((softmax.x + 0.12, 3.775), r"重み  $L \times M$", align="left", quiet=True)
    board.arrow(value.top, (value.x, output.bottom[1]))
    board.arrow(output.top, (output.x, 4.75))
    board.text((output.x, 4.92), r"出力  $L \times d_v$")
    return board.figure
