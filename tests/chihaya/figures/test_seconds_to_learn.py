import numpy as np
import pytest
from chihaya.figures import seconds_to_learn


def test_every_seed_is_a_point_in_the_row_of_its_way_and_the_median_a_line() -> None:
    axes = seconds_to_learn.draw({"甲": [1.0, 4.0, 2.0], "乙": [6.0, 5.0]}).axes[0]
    points, median, others, other_median = (np.asarray(line.get_xydata()) for line in axes.lines)
    assert points[:, 0].tolist() == [1, 4, 2]
    assert others[:, 0].tolist() == [6, 5]
    assert median[:, 0].tolist() == [2, 2]
    assert other_median[:, 0].tolist() == pytest.approx([5.5, 5.5])
    for row, found in enumerate((points, others)):
        assert found[:, 1].round().tolist() == [row] * len(found)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["甲", "乙"]
    assert axes.get_xlabel() == "百首を覚えるまでの CPU 時間（秒）"


def test_no_point_hides_another_and_the_axis_starts_at_nothing() -> None:
    axes = seconds_to_learn.draw({"甲": [2.0, 2.0], "乙": [2.0]}).axes[0]
    heights = np.asarray(axes.lines[0].get_ydata())
    assert heights[0] != heights[1]
    assert axes.get_xlim()[0] == 0


def test_the_legend_says_what_points_and_lines_are() -> None:
    (legend,) = seconds_to_learn.draw({"甲": [1.0], "乙": [2.0]}).legends
    assert {text.get_text() for text in legend.get_texts()} == {"種一つ", "中央値"}
