from chihaya.figures import kana_frequency


def test_bars_stand_in_descending_order_over_three_rows() -> None:
    upper, middle, lower = kana_frequency.draw({"い": 3, "ろ": 9, "は": 1, "に": 7, "ほ": 5}).axes
    assert list(upper.containers[0].datavalues) == [9, 7]  # type: ignore[attr-defined]
    assert list(middle.containers[0].datavalues) == [5, 3]  # type: ignore[attr-defined]
    assert list(lower.containers[0].datavalues) == [1]  # type: ignore[attr-defined]
    assert [label.get_text() for label in upper.get_xticklabels()] == ["ろ", "に"]
