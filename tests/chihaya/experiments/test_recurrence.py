"""Recurrence and attention: a small case of the experiment, and each part on what can be told by hand."""

import pytest
import torch
from chihaya import Vocabulary
from chihaya.experiments.recurrence import KANA, MODELS, Recurrent, chain, repeated, right, run
from torch import Tensor, nn


def test_a_small_case_says_of_each_model_what_the_page_shows() -> None:
    found = run(seeds=[0], steps=2, most=1, lengths=[2, 4])
    assert list(found) == ["fixed", "attention", "transformer"]
    for each in found.values():
        assert each["poems"] == [None]  # one step is too few
        assert [len(shares) for shares in each["repeated"]] == [2]
        assert len(each["chain"]) == 2
    sizes = [each["parameters"] for each in found.values()]
    assert max(sizes) < 1.1 * min(sizes)  # about as large as each other


def test_what_recurs_waits_for_each_kana_and_attention_for_none() -> None:
    growth = {
        name: [chain(build(20), length) for length in (3, 4, 5)] for name, build in MODELS.items()
    }
    assert len(set(growth["transformer"])) == 1
    for name in ("fixed", "attention"):
        three, four, five = growth[name]
        assert five - four == four - three > 0


def test_a_chain_is_the_longest_way() -> None:
    class Twice(nn.Module):
        def forward(self, source: Tensor, target: Tensor) -> Tensor:
            weight = nn.Parameter(torch.ones(source.size(1)))
            return weight.exp().exp() + weight

    assert chain(Twice(), 3) == 4  # the weight, two exponentials, the sum


@pytest.mark.parametrize("looks", [False, True])
def test_padding_changes_nothing(looks: bool) -> None:
    torch.manual_seed(0)
    model = Recurrent(20, looks)
    alone, target = torch.tensor([[4, 5, 6]]), torch.tensor([[1, 7]])
    batch = torch.tensor([[4, 5, 6, 0, 0], [4, 5, 6, 7, 8]])
    with torch.inference_mode():
        assert torch.allclose(
            model(batch, target.expand(2, -1))[0], model(alone, target)[0], atol=1e-5
        )


def test_only_with_attention_is_all_that_was_read_within_reach() -> None:
    torch.manual_seed(0)
    for looks in (False, True):
        model = Recurrent(20, looks)
        model.reads.register_forward_hook(
            lambda module, given, out: (out[0], torch.zeros_like(out[1]))  # the vector is lost
        )
        target = torch.tensor([[1, 7]])
        one, other = (model(torch.tensor([[4, 5, last]]), target) for last in (6, 8))
        assert one.equal(other) is not looks


def test_a_target_is_right_only_whole_and_its_padding_counts_for_nothing() -> None:
    class Says(nn.Module):
        def forward(self, source: Tensor, target: Tensor) -> Tensor:
            return nn.functional.one_hot(torch.tensor([[4, 5, 2]] * 3), 8).float()

    targets = torch.tensor([[1, 4, 5, 2], [1, 4, 6, 2], [1, 4, 5, 0]])
    assert right(Says(), targets, targets).tolist() == [True, False, True]


def test_short_strings_are_learned() -> None:
    (share,) = repeated(MODELS["transformer"], seed=0, steps=300, lengths=[2])
    assert share > 0.9


def test_the_kana_differ() -> None:
    assert len(Vocabulary(KANA, verses=False).characters) == len(KANA)
