from itertools import pairwise

import numpy as np
from chihaya.figures import confidence
from matplotlib.lines import Line2D


def dots(line: Line2D) -> list[list[float]]:
    """Across and up of each."""
    found: list[list[float]] = np.asarray(line.get_xydata()).T.tolist()
    return found


def test_every_answer_is_a_dot_at_its_probability() -> None:
    axes = confidence.draw({"決まり字": [0.9, 0.8], "百首にない句": [0.1]}, 0.5).axes[0]
    threshold, known, foreign = [dots(line)[0] for line in axes.lines]
    assert threshold == [0.5, 0.5]
    assert known == [0.8, 0.9]
    assert foreign == [0.1]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["決まり字", "百首にない句"]
    assert axes.get_xlabel() == "答えの全体の確率（自信）"


def test_each_kind_has_its_own_band_and_marker() -> None:
    axes = confidence.draw({kind: [0.5] * 7 for kind in "abcd"}, 0.5).axes[0]
    kinds = axes.lines[1:]
    for above, below in pairwise(dots(line)[1] for line in kinds):
        assert max(above) < min(below)
    assert len({line.get_marker() for line in kinds}) == 4
    bottom, top = axes.get_ylim()
    assert top < 0 < 3 < bottom
