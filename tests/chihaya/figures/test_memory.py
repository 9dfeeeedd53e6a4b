import pytest
from chihaya.figures import memory
from chihaya.figures.memory import Shares
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

KINDS = {
    "数": {30: [Shares(100, 10), Shares(100, 20)], 1000: [Shares(100, 99)]},
    "歌": {90: [Shares(98, 0)]},
}


@pytest.fixture
def figure() -> Figure:
    return memory.draw(KINDS, "学んだ対の数（対）")


def test_a_line_goes_through_the_means_of_seen_and_of_held_out(figure: Figure) -> None:
    drawn = {
        line.get_label(): line.get_xydata().tolist()  # type: ignore[union-attr]
        for line in figure.axes[0].lines
        if line.get_linestyle() != "None"
    }
    assert drawn == {
        "数 seen": [[30, 100], [1000, 100]],
        "数 held_out": [[30, 15], [1000, 99]],
        "歌 seen": [[90, 98]],
        "歌 held_out": [[90, 0]],
    }


def test_each_training_is_a_point_and_those_of_seen_pairs_are_hollow(figure: Figure) -> None:
    points = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    assert [line.get_xydata().tolist() for line in points] == [  # type: ignore[union-attr]
        [[30, 100], [30, 100], [1000, 100]],
        [[30, 10], [30, 20], [1000, 99]],
        [[90, 98]],
        [[90, 0]],
    ]
    hollow = [to_hex(line.get_markerfacecolor()) == "#ffffff" for line in points]
    assert hollow == [True, False, True, False]


def test_kinds_differ_in_more_than_colour_and_the_legend_names_all(figure: Figure) -> None:
    points = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    assert len({line.get_marker() for line in points}) == len(KINDS)
    [legend] = figure.legends
    told = [text.get_text() for text in legend.get_texts()]
    assert told == ["数", "歌", "学んだ対", "学んでいない対"]


def test_sizes_of_the_fullest_line_stand_on_a_logarithmic_axis(figure: Figure) -> None:
    [axes] = figure.axes
    assert axes.get_xscale() == "log"
    assert [label.get_text() for label in axes.get_xticklabels()] == ["30", "1,000"]
    assert axes.get_xlabel() == "学んだ対の数（対）"
    assert axes.get_ylabel() == "一字も違えずに言えた割合（%）"
    bottom, top = axes.get_ylim()
    assert bottom < 0 and top > 100
