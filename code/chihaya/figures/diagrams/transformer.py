"""The whole Transformer as a diagram: what Fig. 1 of Vaswani et al. (2017) shows.

As the paper has it (https://arxiv.org/abs/1706.03762): addition and normalisation follow each
sub-layer. `chihaya.transformer` normalises before the sub-layer: see `diagrams.sublayer`.
"""

from matplotlib.figure import Figure

from .board import (
    ADD_NORM,
    ATTENTION,
    EMBEDDING,
    FEED_FORWARD,
    PRODUCT,
    SOFTMAX,
    Box,
    Diagram,
    Fill,
)

WIDTH, HEIGHT = 1.56, 0.36  # of every box, in inches
ENCODER, DECODER = 1.25, 3.55  # where the two towers stand
LEFT, RIGHT = -1, 1  # on which side of its tower something is
FORK = 0.45  # from the middle arrow into an attention to the outer ones


def draw() -> Figure:
    """Encoder left, decoder right, both from the bottom to the top."""
    board = Diagram(4.8, 7.24)
    memory = _encoder(board)
    _decoder(board, memory)
    return board.figure


def _encoder(board: Diagram) -> Box:
    """The left tower; returns its last box."""
    embedded = _embedding(board, ENCODER, "入力", LEFT)
    board.frame(Box(1.2, 2.68, 2.12, 2.64))
    board.text((0.2, 4.17), "$N$ 層", align="left")
    attention = _box(board, ENCODER, 2.0, "多頭注意", ATTENTION)
    _fork(board, embedded, attention)
    added = _add_norm(board, attention, 1.5, LEFT)
    feed_forward = _box(board, ENCODER, 3.16, "順伝播層", FEED_FORWARD)
    board.arrow(added.top, feed_forward.bottom)
    return _add_norm(board, feed_forward, 2.82, LEFT)


def _decoder(board: Diagram, memory: Box) -> None:
    """The right tower, which looks at what the left one made."""
    embedded = _embedding(board, DECODER, "出力（右に 1 つずらす）", RIGHT)
    board.frame(Box(3.6, 3.4, 2.12, 4.08))
    board.text((4.6, 5.61), "$N$ 層", align="right")
    masked = _box(board, DECODER, 2.0, "マスク付き多頭注意", ATTENTION)
    _fork(board, embedded, masked)
    added = _add_norm(board, masked, 1.5, RIGHT)

    cross = _box(board, DECODER, 3.42, "多頭注意", ATTENTION)
    query = DECODER + FORK
    board.arrow(added.top, (DECODER, 2.88), (query, 2.88), (query, cross.bottom[1]))
    board.line(memory.top, (ENCODER, 4.32), (2.4, 4.32), (2.4, 3.04), (DECODER, 3.04))
    for x in (DECODER - FORK, DECODER):
        board.arrow((x, 3.04), (x, cross.bottom[1]))
    board.text((1.83, 4.48), "$K$，$V$")
    added = _add_norm(board, cross, 2.8, RIGHT)

    feed_forward = _box(board, DECODER, 4.58, "順伝播層", FEED_FORWARD)
    board.arrow(added.top, feed_forward.bottom)
    added = _add_norm(board, feed_forward, 4.24, RIGHT)
    linear = _box(board, DECODER, 5.98, "線形変換", PRODUCT)
    board.arrow(added.top, linear.bottom)
    softmax = _box(board, DECODER, 6.54, "ソフトマックス", SOFTMAX)
    board.arrow(linear.top, softmax.bottom)
    board.arrow(softmax.top, (DECODER, 6.94))
    board.text((DECODER, 7.1), "次の語の確率")


def _box(board: Diagram, x: float, y: float, label: str, fill: Fill) -> Box:
    return board.box(Box(x, y, WIDTH, HEIGHT), label, fill)


def _embedding(board: Diagram, x: float, given: str, side: int) -> Box:
    """Tokens become vectors, and learn where they stand; returns the sum."""
    board.text((x, 0.16), given)
    embedding = _box(board, x, 0.62, "埋め込み", EMBEDDING)
    board.arrow((x, 0.28), embedding.bottom)
    plus = board.plus(x, 1.12)
    board.arrow(embedding.top, plus.bottom)
    board.text((x + side * 0.4, 1.12), "位置符号化", align="right" if side == LEFT else "left")
    board.arrow((x + side * 0.38, 1.12), plus.left if side == LEFT else plus.right)
    return plus


def _fork(board: Diagram, below: Box, attention: Box) -> None:
    """One input becomes query, key and value."""
    board.arrow(below.top, attention.bottom)
    for x in (attention.x - FORK, attention.x + FORK):
        board.arrow((attention.x, 1.64), (x, 1.64), (x, attention.bottom[1]))


def _add_norm(board: Diagram, sublayer: Box, branch: float, side: int) -> Box:
    """Add what comes round the sub-layer from the height `branch`, and normalise."""
    added = _box(board, sublayer.x, sublayer.y + 0.5, "加算と正規化", ADD_NORM)
    board.arrow(sublayer.top, added.bottom)
    around = sublayer.x + side * (WIDTH / 2 + 0.15)
    board.arrow(
        (sublayer.x, branch),
        (around, branch),
        (around, added.y),
        added.left if side == LEFT else added.right,
    )
    return added
