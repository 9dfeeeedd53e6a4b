import math
import random
import warnings
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


BUDGET = 85
"""Steps. The recipe before this one, AdamW alone, took 95 to 155."""


@pytest.fixture(scope="module", params=[0, 1])
def trained(request: pytest.FixtureRequest) -> Reciter:
    """The real model, trained here; a warning that it has not learned is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return chihaya.train(seed=request.param)


def test_it_learns_within_the_budget_and_says_how(
    trained: Reciter, poems: tuple[Poem, ...]
) -> None:
    steps = [check.step for check in trained.history]
    assert steps == list(range(5, steps[-1] + 1, 5))
    assert steps[-1] <= BUDGET
    assert trained.history[-1][2:] == (100, 100)
    assert trained.history[-1].loss < 0.1 < trained.history[0].loss
    assert chihaya.recall(trained, poems).correct == 100
    assert chihaya.recall(trained, poems, "kimariji").correct == 100
    assert trained.vocabulary.tokens == Vocabulary.of(poems).tokens


def test_the_recipe_says_all_that_training_was_told(trained: Reciter) -> None:
    assert trained.recipe == {"seed": trained.recipe["seed"], "steps": 120} | training.RECIPE
    assert trained.recipe["seed"] in (0, 1)


@pytest.mark.filterwarnings("ignore::chihaya.NotLearnedWarning")
def test_learning_rates_rise_and_fall_to_a_tenth_and_momentum_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rates: dict[str, list[float]] = {"Muon": [], "AdamW": []}
    momenta = set()

    def note(optimizer: torch.optim.Optimizer, *_: object) -> None:
        (group,) = optimizer.param_groups
        rates[type(optimizer).__name__].append(group["lr"])
        momenta.add(group["momentum"] if "momentum" in group else group["betas"][0])

    monkeypatch.setattr(training, "learned", lambda history, poems: False)
    noting = register_optimizer_step_pre_hook(note)
    chihaya.train(POEMS[:3])
    noting.remove()
    for name, highest in (("Muon", 0.03), ("AdamW", 0.01)):
        shares = [rate / highest for rate in rates[name]]
        assert len(shares) == 120
        assert shares[:8] == pytest.approx([step / 8 for step in range(1, 9)])
        assert shares[44] == pytest.approx(0.5)
        assert shares[73:] == pytest.approx([0.1] * 47)
    assert momenta == {0.9}


def test_muon_has_the_matrices_within_the_layers_and_adamw_all_else() -> None:
    model = Transformer(Sizes(9, d_model=8, heads=2, d_ff=8, layers=1))
    muon, adamw = training.muon_and_adamw(model)
    names = {parameter: name for name, parameter in model.named_parameters()}
    theirs = [
        {names[parameter] for group in each.param_groups for parameter in group["params"]}
        for each in (muon, adamw)
    ]
    assert theirs[0] | theirs[1] == set(names.values())
    assert not theirs[0] & theirs[1]
    assert all(name.endswith(".weight") and "norm" not in name for name in theirs[0])
    assert "embedding.weight" in theirs[1]


def test_what_is_foretold_is_what_is_recited(poems: tuple[Poem, ...]) -> None:
    """Of a model that recites some of the poems, for it was disturbed: which ones are both alike."""
    reciter = chihaya.load_reciter()
    torch.manual_seed(0)
    with torch.no_grad():
        for parameter in reciter.model.parameters():
            parameter.add_(0.15 * parameter.std() * torch.randn_like(parameter))
    foretold = training.check(reciter, poems, 5, 0.5)
    recited = [chihaya.recall(reciter, poems, prefix).correct for prefix in ("full", "kimariji")]
    assert foretold == (5, 0.5, *recited)
    assert all(5 < count < 95 for count in recited)


def test_training_goes_on_while_recital_itself_fails(
    few_steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was foretold ends nothing."""
    monkeypatch.setattr(training, "check", lambda _, poems, step, loss: Check(step, loss, 10, 10))
    with pytest.warns(chihaya.NotLearnedWarning):
        assert len(chihaya.train(POEMS[:10]).history) == 4


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


def test_few_poems_of_ones_own_are_learned() -> None:
    poems = POEMS[:3]
    reciter = chihaya.train(poems, seed=1)
    assert [reciter.recite(poem.kimariji) for poem in poems] == [poem.shimo_kana for poem in poems]
    assert len(reciter.vocabulary) < 60
