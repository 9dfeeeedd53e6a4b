import numpy as np
from chihaya.figures import weak_duality


def test_each_line_shows_the_best_so_far() -> None:
    gains, totals = np.array([3.0, 1.0, 5.0]), np.array([9.0, 7.0, 8.0])
    axes = weak_duality.draw(gains, totals, optimum=6.0).axes[0]
    drawn = {str(line.get_label()): np.asarray(line.get_ydata()).tolist() for line in axes.lines}
    assert drawn == {
        "値付けの総額の最低": [9, 7, 7],
        "二つの問題の最適値": [6, 6],
        "計画の枚数の最高": [3, 3, 5],
    }
    assert (axes.get_xscale(), axes.get_xlim()) == ("log", (1, 3))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("試した案の数", "札（枚）")
    for line in axes.lines:
        if line.get_label() != "二つの問題の最適値":
            assert np.asarray(line.get_xdata()).tolist() == [1, 2, 3]
