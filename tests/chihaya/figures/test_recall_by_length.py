from chihaya.figures import recall_by_length


def test_every_count_is_drawn_at_its_length() -> None:
    axes = recall_by_length.draw([1, 2, 3], [5, 50, 80], [28, 74, 93], [8, 50, 86]).axes[0]
    drawn = {line.get_label(): line.get_xydata().tolist() for line in axes.lines}  # type: ignore[union-attr]
    assert drawn == {
        "理論上の天井": [[1, 28], [2, 74], [3, 93]],
        "モデルの暗唱": [[1, 5], [2, 50], [3, 80]],
        "決まり字を聞いた歌": [[1, 8], [2, 50], [3, 86]],
    }


def test_the_three_lines_differ_in_more_than_colour() -> None:
    axes = recall_by_length.draw([1, 2], [1, 2], [1, 2], [1, 2]).axes[0]
    assert len({(line.get_linestyle(), line.get_marker()) for line in axes.lines}) == 3
