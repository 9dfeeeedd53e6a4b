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
LAW = fit(*zip(*(row[1:5] for row in ROWS), strict=True))


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
