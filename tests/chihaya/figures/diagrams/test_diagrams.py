"""The four diagrams of the Transformer: which box leads to which, read back from what is drawn."""

import io
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from chihaya.figures.diagrams import attention, multi_head, sublayer, transformer
from chihaya.figures.style import use_style
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch
from matplotlib.text import Annotation

Point = tuple[float, float]
DRAWERS = [attention.draw, multi_head.draw, sublayer.draw, transformer.draw]
NEAR = 0.2  # inches: an arrow without a box begins or ends this near to its words


class Drawn:
    """What a diagram shows: its labels, its boxes, its strokes."""

    def __init__(self, figure: Figure) -> None:
        axes = figure.axes[0]
        self.labels = [
            (text.get_text(), text.get_position())
            for text in axes.texts
            if not isinstance(text, Annotation)
        ]
        self.boxes: list[tuple[str, tuple[float, float, float, float]]] = []
        for patch in axes.patches:
            if isinstance(patch, Ellipse):
                x, y = np.asarray(patch.get_center()).tolist()
                half = patch.get_width() / 2
                self.boxes.append(("＋", (x - half, y - half, x + half, y + half)))
            elif isinstance(patch, FancyBboxPatch) and patch.get_fill():
                left, bottom = patch.get_x(), patch.get_y()
                edges = (left, bottom, left + patch.get_width(), bottom + patch.get_height())
                self.boxes.append((self._label_within(edges), edges))
        lines = [[(x, y) for x, y in np.asarray(line.get_xydata()).tolist()] for line in axes.lines]
        self.strokes: list[list[Point]] = [line for line in lines if not self._in_a_plus(line)]
        self.arrows: list[list[Point]] = []
        for text in axes.texts:
            if isinstance(text, Annotation):
                (tail, head) = (text.xyann, text.xy)
                bends = [stroke for stroke in self.strokes if stroke[-1] == tail]
                self.arrows.append([*(bends[0] if bends else [tail]), head])
        self.strokes += self.arrows

    def edges(self) -> Counter[tuple[str, str]]:
        """How many arrows lead from which label to which; '' stands for none."""
        return Counter((self._origin(arrow), self._end(arrow[-1])) for arrow in self.arrows)

    def _label_within(self, edges: tuple[float, float, float, float]) -> str:
        left, bottom, right, top = edges
        middle = ((left + right) / 2, (bottom + top) / 2)
        inside = [
            (distance(at, middle), label)
            for label, at in self.labels
            if left < at[0] < right and bottom < at[1] < top
        ]
        return min(inside)[1]

    def _in_a_plus(self, line: list[Point]) -> bool:
        return any(
            label == "＋"
            and all(edges[0] < x < edges[2] and edges[1] < y < edges[3] for x, y in line)
            for label, edges in self.boxes
        )

    def _origin(self, stroke: list[Point]) -> str:
        """Where a stroke comes from: a box, the stroke that it branches off, or words."""
        start = stroke[0]
        for label, edges in self.boxes:
            if on_border(start, edges):
                return label
        for other in self.strokes:
            if other[0] != start and any(between(start, *ends) for ends in pairwise(other)):
                return self._origin(other)
        return self._words_near(start)

    def _end(self, point: Point) -> str:
        for label, edges in self.boxes:
            if on_border(point, edges):
                return label
        return self._words_near(point)

    def _words_near(self, point: Point) -> str:
        near = [(distance(at, point), label) for label, at in self.labels]
        return min(near)[1] if min(near)[0] < NEAR else ""


def distance(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def between(point: Point, a: Point, b: Point) -> bool:
    """Whether a point lies on the straight piece from a to b, itself horizontal or vertical."""
    return distance(a, point) + distance(point, b) - distance(a, b) < 1e-6 and (
        abs(a[0] - b[0]) < 1e-6 or abs(a[1] - b[1]) < 1e-6
    )


def on_border(point: Point, edges: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = edges
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return any(between(point, *ends) for ends in pairwise(corners))


def test_attention_goes_from_query_key_and_value_through_five_steps() -> None:
    assert Drawn(attention.draw()).edges() == {
        ("$Q$", "① 行列の積（matmul）"): 1,
        ("$K$", "① 行列の積（matmul）"): 1,
        ("① 行列の積（matmul）", r"② $\sqrt{d_k}$ で割る（scale）"): 1,
        (r"② $\sqrt{d_k}$ で割る（scale）", "③ マスク（mask）"): 1,
        ("③ マスク（mask）", "④ ソフトマックス"): 1,
        ("④ ソフトマックス", "⑤ 行列の積（matmul）"): 1,
        ("$V$", "⑤ 行列の積（matmul）"): 1,
        ("⑤ 行列の積（matmul）", r"出力  $L \times d_v$"): 1,
    }


def test_the_optional_mask_alone_is_dashed() -> None:
    patches = attention.draw().axes[0].patches
    assert [patch.get_linestyle() for patch in patches].count("--") == 1


def test_heads_go_through_linear_maps_attention_and_concatenation() -> None:
    drawn = Drawn(multi_head.draw())
    assert drawn.edges() == {
        ("$Q$", "線形変換"): 1,
        ("$K$", "線形変換"): 1,
        ("$V$", "線形変換"): 1,
        ("線形変換", "スケール付き内積注意"): 3,
        ("スケール付き内積注意", "つなぐ（concat）"): 3,
        ("つなぐ（concat）", "線形変換"): 1,
        ("線形変換", "出力"): 1,
    }
    cards = Counter(label for label, _ in drawn.boxes)
    assert cards["スケール付き内積注意"] == 3
    assert cards["線形変換"] == 3 * 3 + 1


def test_each_input_of_the_heads_has_its_own_shape() -> None:
    labels = dict(Drawn(multi_head.draw()).labels)
    columns = [labels[f"${letter}$"][0] for letter in "QKV"]
    shapes = [
        [
            label
            for label, (x, y) in Drawn(multi_head.draw()).labels
            if 0 < x - column < 0.2 and y < 2
        ]
        for column in columns
    ]
    assert shapes == [
        [r"$L \times d_{\mathrm{model}}$", r"$L \times d_k$"],
        [r"$M \times d_{\mathrm{model}}$", r"$M \times d_k$"],
        [r"$M \times d_{\mathrm{model}}$", r"$M \times d_v$"],
    ]


def test_the_model_is_that_of_figure_1() -> None:
    assert Drawn(transformer.draw()).edges() == {
        ("入力", "埋め込み"): 1,
        ("出力（右に 1 つずらす）", "埋め込み"): 1,
        ("埋め込み", "＋"): 2,
        ("位置符号化", "＋"): 2,
        ("＋", "多頭注意"): 3,  # query, key, value
        ("＋", "マスク付き多頭注意"): 3,
        ("＋", "加算と正規化"): 2,  # residual
        ("多頭注意", "加算と正規化"): 2,
        ("マスク付き多頭注意", "加算と正規化"): 1,
        ("加算と正規化", "多頭注意"): 3,  # query from the decoder, key and value from the encoder
        ("加算と正規化", "順伝播層"): 2,
        ("順伝播層", "加算と正規化"): 2,
        ("加算と正規化", "加算と正規化"): 3,  # residual
        ("加算と正規化", "線形変換"): 1,
        ("線形変換", "ソフトマックス"): 1,
        ("ソフトマックス", "次の語の確率"): 1,
    }


@pytest.mark.parametrize(
    ("tower", "labels"),
    [
        (
            transformer.ENCODER,
            ["埋め込み", "＋", "多頭注意", "加算と正規化", "順伝播層", "加算と正規化"],
        ),
        (
            transformer.DECODER,
            [
                "埋め込み",
                "＋",
                "マスク付き多頭注意",
                "加算と正規化",
                "多頭注意",
                "加算と正規化",
                "順伝播層",
                "加算と正規化",
                "線形変換",
                "ソフトマックス",
            ],
        ),
    ],
)
def test_the_towers_stand_in_order_from_the_bottom(tower: float, labels: list[str]) -> None:
    boxes = Drawn(transformer.draw()).boxes
    heights = sorted(
        (edges[1], label)
        for label, edges in boxes
        if (edges[0] + edges[2]) / 2 == pytest.approx(tower)
    )
    assert [label for _, label in heights] == labels


def test_keys_and_values_of_the_decoder_come_from_the_top_of_the_encoder() -> None:
    drawn = Drawn(transformer.draw())
    encoder_top = max(
        edges[3] for label, edges in drawn.boxes if edges[2] < transformer.DECODER - 1
    )
    starts = [stroke[0] for stroke in drawn.strokes if len(stroke) == 5]
    assert starts == [pytest.approx((transformer.ENCODER, encoder_top))]


def test_post_norm_normalises_after_the_sum_and_pre_norm_before_the_sub_layer() -> None:
    drawn = Drawn(sublayer.draw())
    assert drawn.edges() == {
        ("$x$", "サブ層"): 1,
        ("サブ層", "＋"): 2,
        ("$x$", "＋"): 2,
        ("＋", "層正規化"): 1,
        ("層正規化", ""): 1,
        ("$x$", "層正規化"): 1,
        ("層正規化", "サブ層"): 1,
        ("＋", ""): 1,
    }


@pytest.mark.parametrize("draw", DRAWERS)
def test_as_svg_every_label_is_there_as_outlines(draw: Callable[[], Figure]) -> None:
    figure = draw()
    file = io.StringIO()
    with mpl.rc_context():
        use_style()
        figure.savefig(file, format="svg", bbox_inches="tight")
    svg = file.getvalue()
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert "text" not in tags  # no font of the reader's is asked for
    assert "path" in tags
    for label, _ in Drawn(figure).labels:
        assert f"<!-- {label} -->" in svg


@pytest.mark.parametrize("draw", DRAWERS)
def test_no_label_leaves_its_box_or_the_board(draw: Callable[[], Figure]) -> None:
    with mpl.rc_context():
        use_style()
        figure = draw()
        figure.draw_without_rendering()
        axes = figure.axes[0]
        to_inches = axes.transData.inverted()
        for text in axes.texts:
            if isinstance(text, Annotation):
                continue
            extent = text.get_window_extent().transformed(to_inches)
            assert extent.x0 > 0
            assert extent.y0 > 0
            assert extent.x1 < axes.get_xlim()[1]
            assert extent.y1 < axes.get_ylim()[1]
            for label, (left, bottom, right, top) in Drawn(figure).boxes:
                middle = ((left + right) / 2, (bottom + top) / 2)
                if label == text.get_text() and distance(middle, text.get_position()) < 1e-6:
                    assert left < extent.x0
                    assert extent.x1 < right
