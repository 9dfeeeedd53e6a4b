import numpy as np
import pytest
import torch
from chihaya.figures import attention_map


def test_rows_and_columns_carry_their_kana_and_weights() -> None:
    weights = torch.tensor([[0.25, 0.75], [0.5, 0.5], [0.9, 0.1]])
    axes, bar = attention_map.draw(weights, ["か", "ら", "終"], ["ち", "は"], "17 番").axes
    np.testing.assert_array_equal(axes.images[0].get_array(), weights)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["か", "ら", "終"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["ち", "は"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("聞いた上の句", "唱える下の句")
    assert axes.get_title() == "17 番"
    assert bar.get_ylabel() == "注意の重み"
    assert bar.get_ylim() == pytest.approx((0, 0.9))  # colours start at no weight
