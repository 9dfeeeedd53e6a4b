from chihaya.figures import score_variance


def test_both_variances_are_drawn_at_their_widths_on_logarithmic_axes() -> None:
    axes = score_variance.draw([4, 16], [4.1, 15.8], [1.02, 0.99]).axes[0]
    before, after = (line.get_xydata().tolist() for line in axes.lines)  # type: ignore[union-attr]
    assert before == [[4, 4.1], [16, 15.8]]
    assert after == [[4, 1.02], [16, 0.99]]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert [label.get_text() for label in axes.get_xticklabels()] == ["4", "16"]
    assert [line.get_label() for line in axes.lines] == [
        r"$q \cdot k$",
        r"$q \cdot k / \sqrt{d_k}$",
    ]
    assert list(axes.get_xticks()) == [4, 16] and not len(axes.get_xticks(minor=True))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("一つのヘッドの幅 $d_k$", "得点の分散")
