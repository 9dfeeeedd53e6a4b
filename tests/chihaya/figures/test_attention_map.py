import numpy as np
import torch
from chihaya.figures import attention_map


def test_rows_and_columns_carry_their_kana_and_weights() -> None:
    weights = torch.tensor([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]])
    axes = attention_map.draw(weights, ["か", "ら", "終"], ["ち", "は"], "17 番").axes[0]
    np.testing.assert_array_equal(axes.images[0].get_array(), weights)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["か", "ら", "終"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["ち", "は"]
    assert axes.get_title() == "17 番"
