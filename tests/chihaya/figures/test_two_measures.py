from chihaya.figures import two_measures
from chihaya.mirror import Epoch

HISTORY = [Epoch(1, 3, 0), Epoch(2, 40, 1), Epoch(3, 99, 2)]


def drawn(reported: list[int]) -> dict[object, list[list[float]]]:
    axes = two_measures.draw(HISTORY, reported).axes[0]
    return {line.get_label(): line.get_xydata().tolist() for line in axes.lines}  # type: ignore[union-attr]


def test_both_measures_are_drawn_by_epoch() -> None:
    assert drawn([]) == {
        "教師強制での正解（講演の測り方）": [[1, 3], [2, 40], [3, 99]],
        "暗唱（上の句だけを聞いて）": [[1, 0], [2, 1], [3, 2]],
    }


def test_what_was_reported_stands_beside() -> None:
    assert drawn([1, 54])["講演の報告"] == [[1, 1], [2, 54]]


def test_zero_and_a_hundred_are_both_within_sight() -> None:
    bottom, top = two_measures.draw(HISTORY[:1]).axes[0].get_ylim()
    assert bottom < 0 < 100 < top


def test_the_axes_count_epochs_and_poems() -> None:
    axes = two_measures.draw(HISTORY).axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("学習（周）", "歌の数（首）")
