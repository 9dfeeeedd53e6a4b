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
    lines = drawn().axes[0].lines
    means = {
        line.get_label(): list(line.get_ydata()) for line in lines if line.get_linestyle() != "None"
    }  # type: ignore[arg-type]
    assert means == {"甲": [0.75, 0.25], "乙": [0.5, 1.0], "丙": [1.0, 0.75]}
    marks = [list(line.get_ydata()) for line in lines if line.get_linestyle() == "None"]  # type: ignore[arg-type]
    assert marks == [seed for seeds in SHARES.values() for seed in seeds]
    assert all(list(line.get_xdata()) == [4, 8] for line in lines)  # type: ignore[arg-type]


def test_the_models_differ_in_more_than_colour_and_a_share_goes_from_none_to_all() -> None:
    axes = drawn().axes[0]
    assert len({line.get_marker() for line in axes.lines}) == 3
    bottom, top = axes.get_ylim()
    assert bottom < 0 and top > 1
