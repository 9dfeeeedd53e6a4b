from chihaya.figures import kimariji_lengths


def test_a_bar_for_each_length_as_long_as_its_count() -> None:
    axes = kimariji_lengths.draw({3: 5, 1: 7}).axes[0]
    bars = {
        round(bar.get_y() + bar.get_height() / 2): bar.get_width()  # type: ignore[attr-defined]
        for bar in axes.patches
    }
    assert bars == {1: 7, 3: 5}
    assert {text.get_text() for text in axes.texts} == {"5", "7"}
