import numpy as np
import pytest
from chihaya.figures import extrapolation
from chihaya.figures.model_size_accuracy import Measurement

ROWS = (
    Measurement("small", 1e8, 70, 65, 75, 5.0),
    Measurement("middle", 2e8, 66, 62, 70, 5.0),
    Measurement("large", 1e10, 60, 55, 65, 5.0),
)
SIZES = np.array([1e8, 1e10, 1e12])


def test_the_curves_are_drawn_as_given_and_differ_in_more_than_colour() -> None:
    curves = {
        "一": np.array([70.0, 60, 50]),
        "二": np.array([69.0, 61, 55]),
        "三": np.array([71.0, 60, 40]),
    }
    axes = extrapolation.draw(ROWS, SIZES, curves, 50).axes[0]
    lines = {line.get_label(): line for line in axes.lines if line.get_label() in curves}
    for name, curve in curves.items():
        assert np.asarray(lines[name].get_xydata()).tolist() == np.stack((SIZES, curve), 1).tolist()
    assert len({str(line.get_linestyle()) for line in lines.values()}) == 3


def test_the_measured_range_is_shaded_from_the_smallest_to_the_largest() -> None:
    axes = extrapolation.draw(ROWS, SIZES, dict.fromkeys("一二三", SIZES), 50).axes[0]
    (shade,) = axes.patches
    box = shade.get_path().get_extents(shade.get_patch_transform())
    assert (box.x0, box.x1) == pytest.approx((1e8, 1e10))


def test_the_words_stand_below_the_line_of_chance_and_in_the_middle_of_the_measured_range() -> None:
    figure = extrapolation.draw(ROWS, SIZES, dict.fromkeys("一二三", np.array([70.0, 60, 40])), 50)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert axes.get_xlim() == (1e8, 1e12)
    (line,) = (line for line in axes.lines if np.array_equal(line.get_ydata(), [50, 50]))
    assert line.get_linestyle() == ":"
    places = {
        text.get_text(): text.get_window_extent().transformed(axes.transData.inverted())
        for text in axes.texts
    }
    chance, measured = places["偶然 50 %"], places["測定のある範囲"]
    assert 1e8 < chance.x0 < 2e8 and 45 < chance.y0 < chance.y1 < 50
    assert (measured.x0 * measured.x1) ** 0.5 == pytest.approx(1e9, rel=0.1)
    assert 0 < measured.y0 - axes.get_ylim()[0] < 2
