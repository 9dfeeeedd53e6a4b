from chihaya.figures import routes
from matplotlib.container import BarContainer


def test_the_parts_of_a_bar_stand_one_behind_the_other() -> None:
    axes = routes.draw([0, 1], [3, 6], [2, 0], [1, 0]).axes[0]
    bars = [each for each in axes.containers if isinstance(each, BarContainer)]
    spans = [[(bar.get_x(), bar.get_width()) for bar in each] for each in bars]
    assert spans == [[(0, 3), (0, 6)], [(3, 2), (6, 0)], [(5, 1), (6, 0)]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["種 0", "種 1"]
    assert {text.get_text() for text in axes.texts} == {"", "1", "2", "3", "6"}
