"""Where the normalisation stands: after the addition, as in the paper, or before, as in chihaya.

Post-norm: Vaswani et al. (2017), section 3.1, LayerNorm(x + Sublayer(x)). Pre-norm: Xiong et
al. (2020), https://arxiv.org/abs/2002.04745, Fig. 1, x + Sublayer(LayerNorm(x)).
"""

from matplotlib.figure import Figure

from .board import ADD_NORM, ATTENTION, Box, Diagram

WIDTH, HEIGHT = 1.2, 0.36  # of every box, in inches


def draw() -> Figure:
    """Post-norm left, pre-norm right, both from the bottom to the top."""
    board = Diagram(4.6, 3.4)
    _draw_post_norm(board, 1.25)
    _draw_pre_norm(board, 3.5)
    return board.figure


def _draw_post_norm(board: Diagram, x: float) -> None:
    board.text((x, 3.25), "後正規化（論文）")
    board.text((x, 0.15), "$x$")
    sublayer = board.box(Box(x, 1.05, WIDTH, HEIGHT), "サブ層", ATTENTION)
    plus = board.plus(x, 1.72)
    norm = board.box(Box(x, 2.32, WIDTH, HEIGHT), "層正規化", ADD_NORM)
    board.arrow((x, 0.3), sublayer.bottom)
    board.arrow(sublayer.top, plus.bottom)
    board.arrow((x, 0.55), (x - 0.8, 0.55), (x - 0.8, plus.y), plus.left)
    board.arrow(plus.top, norm.bottom)
    board.arrow(norm.top, (x, 2.95))


def _draw_pre_norm(board: Diagram, x: float) -> None:
    board.text((x, 3.25), "前正規化（chihaya）")
    board.text((x, 0.15), "$x$")
    norm = board.box(Box(x, 1.05, WIDTH, HEIGHT), "層正規化", ADD_NORM)
    sublayer = board.box(Box(x, 1.72, WIDTH, HEIGHT), "サブ層", ATTENTION)
    plus = board.plus(x, 2.38)
    board.arrow((x, 0.3), norm.bottom)
    board.arrow(norm.top, sublayer.bottom)
    board.arrow(sublayer.top, plus.bottom)
    board.arrow((x, 0.55), (x - 0.8, 0.55), (x - 0.8, plus.y), plus.left)
    board.arrow(plus.top, (x, 2.95))
