import numpy as np
import pytest
from chihaya.figures import residuals


def test_each_residual_stands_in_the_row_of_its_measurement() -> None:
    lines = {"一定": np.array([4.0, 0.5, -3.0]), "下がる": np.array([1.0, -2.5, 1.5])}
    figure = residuals.draw(["a", "b", "c"], lines)
    (axes,) = figure.axes
    drawn = {line.get_label(): line for line in axes.lines if line.get_label() in lines}
    for name, heights in lines.items():
        assert np.asarray(drawn[name].get_xydata()).tolist() == [
            [each, row] for row, each in enumerate(heights)
        ]
    assert (
        len({(line.get_marker(), str(line.get_markerfacecolor())) for line in drawn.values()}) == 2
    )
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "b", "c"]
    assert axes.yaxis_inverted()
    (shade,) = axes.patches
    box = shade.get_path().get_extents(shade.get_patch_transform())
    assert (box.x0, box.x1) == pytest.approx((-1.96, 1.96))
    (legend,) = figure.legends
    assert {text.get_text() for text in legend.get_texts()} == {*lines, "20 点のうち 19 点が入る幅"}
    assert axes.get_xlabel() == "残差 z（標準誤差を単位とする）"
