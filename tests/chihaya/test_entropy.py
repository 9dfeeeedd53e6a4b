import math

import pytest
import torch
from chihaya.entropy import objective
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

scores_of_any_length = st.lists(st.floats(-20, 20), min_size=2, max_size=8).map(
    lambda values: torch.tensor(values, dtype=torch.float64)
)
temperatures = st.floats(0.1, 10)


def random_distributions(options: int, seed: int) -> Tensor:
    """[1000, options], from nearly uniform to nearly sure."""
    generator = torch.Generator().manual_seed(seed)
    spread = torch.rand(1000, 1, generator=generator, dtype=torch.float64) * 10
    noise = torch.randn(1000, options, generator=generator, dtype=torch.float64)
    return (spread * noise).softmax(dim=-1)


@settings(deadline=None)
@given(scores_of_any_length, temperatures, st.integers(0, 2**32))
def test_no_distribution_beats_softmax(scores: Tensor, temperature: float, seed: int) -> None:
    best = objective((scores / temperature).softmax(dim=-1), scores, temperature)
    others = objective(random_distributions(len(scores), seed), scores, temperature)
    assert others.max() <= best + 1e-9


@settings(deadline=None)
@given(scores_of_any_length, temperatures)
def test_the_greatest_value_is_log_sum_exp(scores: Tensor, temperature: float) -> None:
    best = objective((scores / temperature).softmax(dim=-1), scores, temperature)
    torch.testing.assert_close(best, temperature * (scores / temperature).logsumexp(dim=-1))


@settings(deadline=None)
@given(scores_of_any_length, st.integers(0, 2**32))
def test_what_is_missing_is_the_divergence_from_softmax(scores: Tensor, seed: int) -> None:
    p = random_distributions(len(scores), seed)
    divergence = (torch.xlogy(p, p) - p * scores.log_softmax(dim=-1)).sum(dim=-1)
    torch.testing.assert_close(
        scores.logsumexp(dim=-1) - objective(p, scores), divergence, rtol=1e-6, atol=1e-9
    )


def test_a_sure_choice_has_no_entropy() -> None:
    sure = torch.tensor([0.0, 1.0, 0.0])
    assert objective(sure, torch.tensor([1.0, 2.0, 3.0])).item() == 2


def test_entropy_is_in_nats_and_scaled_by_the_temperature() -> None:
    even = torch.full((4,), 0.25, dtype=torch.float64)
    value = objective(even, torch.zeros(4, dtype=torch.float64), temperature=3)
    assert value.item() == pytest.approx(3 * math.log(4))
