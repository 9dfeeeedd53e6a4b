import pytest
from chihaya.figures import recital_times
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle


def test_each_way_has_a_bar_for_each_way_to_ask() -> None:
    figure = recital_times.draw(["甲", "乙"], {"一度に": [1.0, 2.5], "一首ずつ": [1.0, 3.0]})
    axes = figure.axes[0]
    drawn = {}
    for bars in axes.containers:
        assert isinstance(bars, BarContainer)
        patches = [patch for patch in bars.patches if isinstance(patch, Rectangle)]
        drawn[bars.get_label()] = [patch.get_width() for patch in patches]
        for row, patch in enumerate(patches):
            assert round(patch.get_y() + patch.get_height() / 2) == pytest.approx(row)
    assert drawn == {"一度に": [1.0, 2.5], "一首ずつ": [1.0, 3.0]}
    assert [label.get_text() for label in axes.get_yticklabels()] == ["甲", "乙"]
    assert {text.get_text() for text in axes.texts} == {"1.0", "2.5", "3.0"}
    assert axes.get_xlabel() == "かかる時間の倍率（この本のモデルを 1 とする）"


def test_the_two_ways_to_ask_differ_in_more_than_colour() -> None:
    figure = recital_times.draw(["甲"], {"一度に": [1.0], "一首ずつ": [1.0]})
    hatches = {patch.get_hatch() for patch in figure.axes[0].patches}
    assert len(hatches) == 2
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["一度に", "一首ずつ"]
