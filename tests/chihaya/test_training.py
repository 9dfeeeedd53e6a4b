import math
import random
from collections import Counter

import chihaya
import pytest
import torch
from chihaya import Poem, Reciter, Sizes, Transformer, Vocabulary, training
from chihaya.recital import Check
from hypothesis import given
from hypothesis import strategies as st
from torch.optim.optimizer import register_optimizer_step_pre_hook

POEMS = chihaya.load_poems()


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "STEPS", 20)


def weights(reciter: Reciter) -> torch.Tensor:
    return torch.cat([parameter.flatten() for parameter in reciter.model.parameters()])


def test_the_loss_is_that_of_each_token_after_those_before_it() -> None:
    """Computed once more in plain Python, one position at a time, with no later token there."""
    vocabulary = Vocabulary("あいうえ")
    torch.manual_seed(0)
    model = Transformer(Sizes(len(vocabulary), d_model=8, heads=2, d_ff=8, layers=1))
    sources, texts = vocabulary.sources(["えう", "う"]), ["あいう", "え"]
    losses = []
    for row, text in enumerate(texts):
        said = [Vocabulary.bos, *vocabulary.encode(text), Vocabulary.eos]
        for position in range(1, len(said)):
            logits = model(sources[row : row + 1], torch.tensor([said[:position]]))
            scores = [math.exp(score) for score in logits[0, -1].tolist()]
            losses.append(-math.log(scores[said[position]] / sum(scores)))
    assert len(losses) == 6  # あいう<eos>, え<eos>; no <bos>, no <pad>
    loss = training.next_token_loss(model, sources, vocabulary.targets(texts))
    assert loss.item() == pytest.approx(sum(losses) / len(losses), rel=1e-5)


@given(st.sampled_from(POEMS), st.integers())
def test_a_cut_is_a_beginning_no_shorter_than_the_kimariji(poem: Poem, seed: int) -> None:
    heard = training.cut(poem, random.Random(seed))
    assert heard.startswith(poem.kimariji)
    assert poem.kami_kana.startswith(heard)


def test_cuts_of_every_length_come_short_ones_most() -> None:
    poem, cuts = POEMS[16], random.Random(0)
    lengths = Counter(len(training.cut(poem, cuts)) for _ in range(2000))
    assert set(lengths) == set(range(len("ちは"), len(poem.kami_kana) + 1))
    assert 0.3 < lengths[len("ちは")] / 2000 < 0.5  # (1/16)^(1/3) is 0.397


BUDGET = 150  # steps; three in five of what training may take


def test_it_learns_and_says_how(reciter: Reciter, poems: tuple[Poem, ...]) -> None:
    steps = [check.step for check in reciter.history]
    assert steps == list(range(5, steps[-1] + 1, 5))
    assert steps[-1] <= BUDGET
    assert reciter.history[-1][2:] == (100, 100)
    assert reciter.history[-1].loss < training.CHECK_BELOW < reciter.history[0].loss
    assert reciter.vocabulary.tokens == Vocabulary.of(poems).tokens


def test_another_seed_learns_within_the_budget(poems: tuple[Poem, ...]) -> None:
    assert chihaya.train(poems, seed=1).history[-1].step <= BUDGET


@pytest.mark.filterwarnings("ignore::chihaya.NotLearnedWarning")
def test_the_learning_rate_rises_for_a_tenth_and_falls_and_momentum_the_other_way(
    few_steps: None,
) -> None:
    rates, momenta = [], []

    def note(optimizer: torch.optim.Optimizer, *_: object) -> None:
        (group,) = optimizer.param_groups
        rates.append(group["lr"])
        momenta.append(group["betas"][0])

    noting = register_optimizer_step_pre_hook(note)
    chihaya.train(POEMS[:10])
    noting.remove()
    assert rates[:3] == pytest.approx([2e-4, 5e-3, 5e-3], rel=0.01)
    assert rates[-1] < 1e-6
    assert momenta[:3] == pytest.approx([0.95, 0.85, 0.85], abs=1e-3)
    assert momenta[-1] == pytest.approx(0.95)


@pytest.mark.parametrize(("full", "kimariji"), [(100, 99), (99, 100), (99, 99)])
def test_not_learned_is_all_but_all(full: int, kimariji: int) -> None:
    assert not training.learned([Check(5, 0.01, full, kimariji)], POEMS)


def test_too_few_steps_are_said(few_steps: None) -> None:
    with pytest.warns(chihaya.NotLearnedWarning, match=r"^20 歩では.*100 首のうち") as caught:
        reciter = chihaya.train(POEMS)
    assert caught[0].filename == __file__
    assert [check.step for check in reciter.history] == [5, 10, 15, 20]
    assert reciter.history[-1].loss < reciter.history[0].loss


@pytest.mark.filterwarnings("ignore::chihaya.NotLearnedWarning")
def test_the_seed_alone_decides_the_weights(few_steps: None) -> None:
    poems = POEMS[:10]
    torch.manual_seed(1)
    random.seed(1)
    first = chihaya.train(poems, seed=3)
    torch.manual_seed(2)
    random.seed(2)
    assert torch.equal(weights(first), weights(chihaya.train(poems, seed=3)))
    assert not torch.equal(weights(first), weights(chihaya.train(poems, seed=4)))


@pytest.mark.filterwarnings("ignore::chihaya.NotLearnedWarning")
def test_no_other_randomness_is_disturbed(few_steps: None) -> None:
    torch_state, python_state = torch.get_rng_state(), random.getstate()
    chihaya.train(POEMS[:10])
    assert torch.equal(torch.get_rng_state(), torch_state)
    assert random.getstate() == python_state


def test_recital_is_not_tried_while_the_loss_is_high(reciter: Reciter) -> None:
    above = math.nextafter(training.CHECK_BELOW, 1)
    assert training.check(reciter, POEMS, 5, above) == (5, above, 0, 0)
    assert training.check(reciter, POEMS, 5, training.CHECK_BELOW)[2:] == (100, 100)


def test_few_poems_of_ones_own_are_learned() -> None:
    poems = POEMS[:3]
    reciter = chihaya.train(poems, seed=1)
    assert [reciter.recite(poem.kimariji) for poem in poems] == [poem.shimo_kana for poem in poems]
    assert len(reciter.vocabulary) < 60
