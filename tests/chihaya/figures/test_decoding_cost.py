import numpy as np
from chihaya.figures import decoding_cost


def test_the_work_of_each_step_is_drawn_above_what_it_says() -> None:
    axes = decoding_cost.draw("かる終", [20_000, 40_000, 60_000], [20_000, 5_000, 6_000]).axes[0]
    drawn = {line.get_label(): line.get_xydata().tolist() for line in axes.lines}  # type: ignore[union-attr]
    assert drawn == {
        "毎回，初めから計算し直す": [[1, 2], [2, 4], [3, 6]],
        "鍵と値を取っておく": [[1, 2], [2, 0.5], [3, 0.6]],
    }
    assert list(axes.get_xticks()) == [1, 2, 3]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["か", "る", "終"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("その一歩で言うもの", "掛け算の数（万回）")


def test_what_is_saved_is_shaded_from_zero_up() -> None:
    axes = decoding_cost.draw("か終", [20_000, 40_000], [20_000, 5_000]).axes[0]
    outline = np.asarray(axes.collections[0].get_paths()[0].vertices).tolist()
    assert {(x, y) for x, y in outline} == {(1, 2), (2, 4), (2, 0.5)}
    bottom, top = axes.get_ylim()
    assert bottom == 0 and top > 4


def test_the_two_lines_differ_in_more_than_colour() -> None:
    axes = decoding_cost.draw("か終", [2, 4], [2, 1]).axes[0]
    assert len({(line.get_linestyle(), line.get_marker()) for line in axes.lines}) == 2
