import math

import matplotlib as mpl
import torch
from chihaya.figures import score_map
from chihaya.figures.style import DIVERGING, GRID, LUMINOUS, SEQUENTIAL
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

SCORES = torch.tensor([[1.5, -math.inf], [-2.0, 0.25]])


def drawn(scores: torch.Tensor, digits: int) -> Axes:
    return score_map.draw(scores, ["始", "か"], "得点", digits=digits).axes[0]


def test_each_value_stands_at_its_row_and_column_and_minus_infinity_as_such() -> None:
    written = {text.get_position(): text.get_text() for text in drawn(SCORES, 2).texts}
    assert written == {(0, 0): "1.50", (1, 0): "−∞", (0, 1): "-2.00", (1, 1): "0.25"}


def test_the_first_row_is_at_the_top_and_both_sides_carry_the_tokens() -> None:
    axes = drawn(SCORES, 1)
    assert axes.yaxis_inverted()
    assert [label.get_text() for label in axes.get_xticklabels()] == ["始", "か"]
    assert list(axes.get_xticks()) == list(axes.get_yticks()) == [0, 1]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("鍵（見られる語）", "問い合わせ（見る語）")
    assert axes.get_title() == "得点"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["始", "か"]


def test_only_the_masked_entry_is_grey() -> None:
    patches = drawn(SCORES, 1).patches
    assert [patch.get_facecolor() == to_rgba(GRID) for patch in patches] == [
        False,
        True,
        False,
        False,
    ]


def test_text_contrasts_with_its_cell() -> None:
    axes = drawn(torch.tensor([[0.0, 1.0], [0.5, 0.9]]), 1)
    for patch, text in zip(axes.patches, axes.texts, strict=True):
        light, dark = sorted(
            luminance(to_rgba(each)) for each in (patch.get_facecolor(), text.get_color())
        )
        assert (dark + 0.05) / (light + 0.05) > 3  # WCAG contrast, large text


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_amounts_are_darkest_at_zero_and_signed_values_white_there() -> None:
    def colours(*row: float) -> list[object]:
        patches = score_map.draw(torch.tensor([row]), ["始"], "", digits=1).axes[0].patches
        return [patch.get_facecolor() for patch in patches]

    sequential, diverging = mpl.colormaps[SEQUENTIAL], mpl.colormaps[DIVERGING]
    assert colours(0.0, 1.0, 2.0) == [sequential(0.0), sequential(0.5), sequential(1.0)]
    assert colours(-2.0, 0.0, 1.0) == [diverging(0.0), diverging(0.5), diverging(0.75)]


def test_the_cells_fill_the_axes() -> None:
    axes = drawn(SCORES, 1)
    assert sorted(patch.get_bbox().bounds for patch in axes.patches) == [  # type: ignore[attr-defined]
        (x - 0.5, y - 0.5, 1, 1) for x in (0, 1) for y in (0, 1)
    ]
    assert (axes.get_xlim(), axes.get_ylim()) == ((-0.5, 1.5), (1.5, -0.5))


def test_what_is_written_on_colours_stays_as_it_is_in_the_dark() -> None:
    assert drawn(SCORES, 1).figure.get_gid() == LUMINOUS
