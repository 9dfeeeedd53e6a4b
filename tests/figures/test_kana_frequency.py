from chihaya.figures import kana_frequency


def test_bars_stand_in_descending_order_over_two_rows() -> None:
    upper, lower = kana_frequency.draw({"い": 3, "ろ": 9, "は": 1}).axes
    assert [bar.get_bbox().height for bar in upper.patches] == [9, 3]
    assert [bar.get_bbox().height for bar in lower.patches] == [1]
    assert [label.get_text() for label in upper.get_xticklabels()] == ["ろ", "い"]
