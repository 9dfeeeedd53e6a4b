import numpy as np
import pytest
from chihaya.figures import leave_one_out
from chihaya.power_law import fit
from matplotlib.collections import LineCollection

X, Y = np.array([1.0, 10, 100, 1000]), np.array([10.0, 8, 7, 5])


def test_each_exponent_is_drawn_with_its_interval_beside_the_whole() -> None:
    whole = fit(X, Y, np.ones(4))
    laws = []
    for i in range(4):
        x, y = np.delete(X, i), np.delete(Y, i)
        laws.append(fit(x, y, np.ones(3)))
    figure = leave_one_out.draw(["a", "b", "c", "d"], laws, whole)
    (axes,) = figure.axes

    (points,) = (line for line in axes.lines if line.get_marker() == "o")
    assert np.asarray(points.get_xydata()) == pytest.approx(
        np.array([[law.b, i] for i, law in enumerate(laws)])
    )
    (bars,) = (each for each in axes.collections if isinstance(each, LineCollection))
    ends = np.array([(bar[0][0], bar[1][0]) for bar in bars.get_segments()])
    assert ends == pytest.approx(np.array([law.b_interval for law in laws]))
    upright = {line.get_label(): np.asarray(line.get_xdata())[0] for line in axes.lines}
    assert upright["すべての測定値"] == whole.b
    assert upright["大きさによらない"] == 0
    (shade,) = axes.patches
    box = shade.get_path().get_extents(shade.get_patch_transform())
    assert (box.x0, box.x1) == pytest.approx(whole.b_interval)
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        f"{name} を外す" for name in "abcd"
    ]
    assert list(axes.get_yticks()) == [0, 1, 2, 3]
    (legend,) = figure.legends
    assert {text.get_text() for text in legend.get_texts()} >= {"すべての測定値", "一つ外したとき"}
    assert axes.get_xlabel() == "指数 b（横棒と帯は 95 % 区間）"
    assert axes.yaxis_inverted()
