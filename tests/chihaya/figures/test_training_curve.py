from chihaya.figures import training_curve
from chihaya.recital import Check

HISTORY = (Check(5, 4.0, 0, 0), Check(10, 0.05, 97, 90), Check(15, 0.02, 100, 100))


def test_every_loss_is_drawn_and_every_count_of_recitals() -> None:
    above, below = training_curve.draw(HISTORY).axes
    assert above.lines[0].get_xydata().tolist() == [[5, 4.0], [10, 0.05], [15, 0.02]]  # type: ignore[union-attr]
    full, kimariji = (line.get_xydata().tolist() for line in below.lines)  # type: ignore[union-attr]
    assert full == [[5, 0], [10, 97], [15, 100]]
    assert kimariji == [[5, 0], [10, 90], [15, 100]]


def test_a_training_without_any_recital_can_be_drawn() -> None:
    below = training_curve.draw(HISTORY[:1]).axes[1]
    assert below.lines[0].get_xydata().tolist() == [[5, 0]]  # type: ignore[union-attr]


def test_the_loss_is_logarithmic_and_no_count_leaves_the_frame() -> None:
    above, below = training_curve.draw(HISTORY).axes
    assert (above.get_yscale(), above.get_ylabel()) == ("log", "損失（nat／文字，対数）")
    bottom, top = below.get_ylim()
    assert bottom == 0 and top > 100
    assert (below.get_xlabel(), below.get_ylabel()) == ("学習の歩数", "暗唱できた歌（首）")
    assert [line.get_label() for line in below.lines] == ["上の句全体から", "決まり字から"]
    assert len({line.get_marker() for line in below.lines}) == 2
