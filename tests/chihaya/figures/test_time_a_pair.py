import numpy as np
from chihaya.figures import time_a_pair


def test_every_measurement_is_a_point_and_the_line_goes_through_the_medians() -> None:
    axes = time_a_pair.draw({100: [1e-4, 3e-4, 2e-4], 1_000: [2e-4]}).axes[0]
    first, second, line = (np.asarray(each.get_xydata()).round(6).tolist() for each in axes.lines)
    assert first == [[100, 100], [100, 300], [100, 200]]
    assert second == [[1_000, 200]]
    assert line == [[100, 200], [1_000, 200]]
    assert (axes.get_xlabel(), axes.get_ylabel()) == (
        "対の数",
        "一対あたりの CPU 時間（マイクロ秒）",
    )


def test_numbers_of_pairs_stand_under_an_even_axis_that_starts_at_nothing() -> None:
    axes = time_a_pair.draw({100: [1e-4], 100_000: [2e-4]}).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["100", "100,000"]
    assert axes.get_xscale() == "log"
    assert axes.get_ylim()[0] == 0 and axes.get_ylim()[1] > 200
