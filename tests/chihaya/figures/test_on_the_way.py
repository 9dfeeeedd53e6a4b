from chihaya.figures import on_the_way


def test_each_kana_has_its_probability_after_each_stage() -> None:
    axes = on_the_way.draw(["入口", "注意"], {"な": [1.0, 0.25], "ゐ": [0.0, 0.5]}).axes[0]
    drawn = {line.get_label(): list(line.get_ydata()) for line in axes.lines}  # type: ignore[arg-type]
    assert drawn == {"「な」": [1.0, 0.25], "「ゐ」": [0.0, 0.5]}
    assert [label.get_text() for label in axes.get_xticklabels()] == ["入口", "注意"]
    assert len({(line.get_linestyle(), line.get_marker()) for line in axes.lines}) == 2
