import numpy as np
import pytest
from chihaya.figures import model_size_accuracy
from chihaya.figures.model_size_accuracy import Measurement
from chihaya.power_law import fit
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

ROWS = (
    Measurement("GPT-3 Small", 125e6, 76, 72, 80, 4.9),
    Measurement("GPT-3 XL", 1.3e9, 62, 59, 65, 7.5),
    Measurement("GPT-3 175B", 175e9, 52, 49, 54, 7.8),
)
LAW = fit([row.parameters for row in ROWS], [row.accuracy for row in ROWS], [2.0, 1.5, 1.3])


@pytest.fixture
def axes() -> Axes:
    return model_size_accuracy.draw(ROWS, 86, 50, LAW).axes[0]


def test_each_model_stands_at_its_size_with_its_interval(axes: Axes) -> None:
    (points,) = (line for line in axes.lines if line.get_marker() == "o")
    assert np.asarray(points.get_xydata()).tolist() == [[125e6, 76], [1.3e9, 62], [175e9, 52]]
    (bars,) = (each for each in axes.collections if isinstance(each, LineCollection))
    ends = [(bar[0][1], bar[1][1]) for bar in bars.get_segments()]
    assert ends == [(72, 80), (59, 65), (49, 54)]
    assert axes.get_xscale() == "log"


def test_control_and_chance_are_the_two_dashed_lines(axes: Axes) -> None:
    dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert [np.asarray(line.get_ydata()).tolist() for line in dashed] == [[86, 86], [50, 50]]
    words = {text.get_text() for text in axes.texts}
    assert words == {"Small", "XL", "175B", "対照モデル 86 %", "偶然 50 %"}


def test_the_line_and_its_band_are_the_law_and_its_interval(axes: Axes) -> None:
    (line,) = (line for line in axes.lines if line.get_label() == "べき乗則の当てはめ")
    sizes, drawn = np.asarray(line.get_xydata()).T
    assert drawn == pytest.approx(LAW(sizes))
    (band,) = (each for each in axes.collections if isinstance(each, PolyCollection))
    outline = np.asarray(band.get_paths()[0].vertices)
    low, high = LAW.interval(sizes)
    for x, least, most in zip(sizes[::20], low[::20], high[::20], strict=True):
        heights = outline[np.isclose(outline[:, 0], x), 1]
        assert (heights.min(), heights.max()) == pytest.approx((least, most))


def test_everything_is_within_sight_and_the_words_stand_by_what_they_name(axes: Axes) -> None:
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert left < 125e6 and right > 175e9
    assert bottom < 49 and top > 86
    places = {
        text.get_text(): text.get_window_extent().transformed(axes.transData.inverted())
        for text in axes.texts
    }
    for row in ROWS:  # centred above the interval
        name = places[row.model.removeprefix("GPT-3 ")]
        assert (name.x0 * name.x1) ** 0.5 == pytest.approx(row.parameters, rel=0.05)
        assert 0 < name.y0 - row.high < 2
    control, chance = places["対照モデル 86 %"], places["偶然 50 %"]
    assert 86 < control.y0 < 88 and 48 < chance.y1 < 50
    assert control.x0 == chance.x0 and left < control.x0 < 2 * left
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("パラメータの数（個）", "人の正答率（%）")
