import numpy as np
from chihaya.figures import repeated_by_length
from matplotlib.figure import Figure

SHARES = {
    "甲": [[1.0, 0.5], [0.5, 0.0]],
    "乙": [[1.0, 1.0], [0.0, 1.0]],
    "丙": [[1.0, 1.0], [1.0, 0.5]],
}


def drawn() -> Figure:
    return repeated_by_length.draw([4, 8], SHARES)


def test_the_lines_are_the_means_and_each_seed_stands_beside_them() -> None:
    means: list[tuple[object, list[float]]] = []
    marks: list[tuple[object, list[float]]] = []
    for line in drawn().axes[0].lines:
        x, y = zip(*np.asarray(line.get_xydata()).tolist(), strict=True)
        assert x == (4, 8)
        (marks if line.get_linestyle() == "None" else means).append((line.get_label(), list(y)))
    assert means == [("甲", [0.75, 0.25]), ("乙", [0.5, 1.0]), ("丙", [1.0, 0.75])]
    assert [y for _, y in marks] == [seed for seeds in SHARES.values() for seed in seeds]


def test_the_models_differ_in_more_than_colour_and_a_share_goes_from_none_to_all() -> None:
    axes = drawn().axes[0]
    assert len({line.get_marker() for line in axes.lines}) == 3
    bottom, top = axes.get_ylim()
    assert bottom < 0 and top > 1
