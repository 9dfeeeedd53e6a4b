"""The experiment on positions, small."""

import pytest
import torch
from chihaya.experiments import positions
from chihaya.transformer import Sizes


@pytest.fixture(autouse=True)
def threads() -> None:
    torch.set_num_threads(1)


def test_without_positions_a_source_is_a_bag() -> None:
    model = positions.WithoutPositions(Sizes(9))
    source = torch.tensor([[3, 4, 5], [5, 4, 3]])
    one, other = model(source, torch.tensor([[1, 6], [1, 6]]))
    assert torch.allclose(one, other, atol=1e-5)


def test_what_is_not_learned_in_time_has_no_steps() -> None:
    assert positions.run(seeds=[0], most=5) == {"with": [None], "without": [None]}
