from chihaya.figures import kimariji_lengths


def test_a_bar_for_each_length_as_long_as_its_count() -> None:
    axes = kimariji_lengths.draw({3: 5, 1: 7}).axes[0]
    bars = {
        round(bar.get_y() + bar.get_height() / 2): bar.get_width()  # type: ignore[attr-defined]
        for bar in axes.patches
    }
    assert bars == {1: 7, 3: 5}
    assert {text.get_text() for text in axes.texts} == {"5", "7"}
    assert list(axes.get_yticks()) == [1, 3] and axes.yaxis_inverted()
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("歌の数（首）", "決まり字の長さ（文字）")
