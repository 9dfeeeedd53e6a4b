import numpy as np
import torch
from chihaya.figures import influence


def test_values_and_kana_stand_where_they_belong() -> None:
    table = torch.tensor([[0.25, 0.5], [0.75, 0.5]])
    axes, bar = influence.draw(table, "から").axes
    np.testing.assert_array_equal(axes.images[0].get_array(), table)
    assert axes.images[0].get_clim() == (0, 1)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["か", "ら"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["か", "ら"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("替えて与えた文字", "答えの位置")
    assert bar.get_ylabel() == "答えが変わった割合"
