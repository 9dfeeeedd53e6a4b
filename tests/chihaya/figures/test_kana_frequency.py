from chihaya.figures import kana_frequency

COUNTS = {"い": 3, "ろ": 9, "は": 1, "に": 7, "ほ": 5, "へ": 3, "あ": 3}


def test_bars_stand_in_descending_order_over_three_rows() -> None:
    """Where counts tie, in the order of the kana."""
    rows = kana_frequency.draw(COUNTS).axes
    drawn = [list(axes.containers[0].datavalues) for axes in rows]  # type: ignore[attr-defined]
    assert drawn == [[9, 7, 5], [3, 3, 3], [1]]
    kana = ["".join(label.get_text() for label in axes.get_xticklabels()) for axes in rows]
    assert kana == ["ろにほ", "あいへ", "は"]
    assert [axes.get_ylabel() for axes in rows] == ["回数"] * 3


def test_bars_are_as_wide_in_a_row_of_few() -> None:
    rows = kana_frequency.draw(COUNTS).axes
    assert len({axes.get_xlim() for axes in rows}) == 1
    bars = [bar.get_bbox() for bar in rows[0].patches]  # type: ignore[attr-defined]
    left, right = rows[0].get_xlim()
    assert 0 < bars[0].x0 - left < 1 and 0 < right - bars[-1].x1 < 1
