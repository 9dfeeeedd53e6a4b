import numpy as np
from chihaya.figures import recall_by_length


def test_every_count_is_drawn_at_its_length() -> None:
    axes = recall_by_length.draw([1, 2, 3], [5, 50, 80], [28, 74, 93], [8, 50, 86]).axes[0]
    drawn = {line.get_label(): line.get_xydata().tolist() for line in axes.lines}  # type: ignore[union-attr]
    assert drawn == {
        "理論上の天井": [[1, 28], [2, 74], [3, 93]],
        "モデルの暗唱": [[1, 5], [2, 50], [3, 80]],
        "決まり字を聞いた歌": [[1, 8], [2, 50], [3, 86]],
    }
    assert list(axes.get_xticks()) == [1, 2, 3]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("聞いた上の句の長さ（文字）", "歌の数（首）")


def test_what_lies_between_the_certain_and_the_possible_is_shaded_from_zero_up() -> None:
    axes = recall_by_length.draw([1, 2, 3], [5, 50, 80], [28, 74, 93], [8, 50, 86]).axes[0]
    outline = np.asarray(axes.collections[0].get_paths()[0].vertices).tolist()
    assert {(x, y) for x, y in outline} == {(1, 8), (2, 50), (3, 86), (1, 28), (2, 74), (3, 93)}
    bottom, top = axes.get_ylim()
    assert bottom == 0 and top > 93


def test_the_three_lines_differ_in_more_than_colour() -> None:
    axes = recall_by_length.draw([1, 2], [1, 2], [1, 2], [1, 2]).axes[0]
    assert len({(line.get_linestyle(), line.get_marker()) for line in axes.lines}) == 3
