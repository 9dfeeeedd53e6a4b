import math
import random
import warnings
from collections import Counter
from itertools import chain
from pathlib import Path

import chihaya
import pytest
import torch
from chihaya import Pair, Poem, Reciter, Sizes, Transformer, Vocabulary, training
from chihaya.cli import AVAILABLE
from chihaya.corpora import numbers
from chihaya.pairs import split
from chihaya.recital import Check
from chihaya.report import examine
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
    (lesson,) = training.lessons_of([poem])
    heard = training.cut(lesson, random.Random(seed))
    assert heard.startswith(poem.kimariji)
    assert poem.kami_kana.startswith(heard)


def test_cuts_of_every_length_come_short_ones_most() -> None:
    (lesson,) = training.lessons_of([POEMS[16]])
    cuts = random.Random(0)
    lengths = Counter(len(training.cut(lesson, cuts)) for _ in range(2000))
    assert set(lengths) == set(range(len("ちは"), len(lesson.source) + 1))
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
    foretold = training.check(reciter, training.lessons_of(poems), 5, 0.5)
    recited = [chihaya.recall(reciter, poems, prefix).correct for prefix in ("full", "kimariji")]
    assert foretold == (5, 0.5, *recited)
    assert all(5 < count < 95 for count in recited)


def test_training_goes_on_while_recital_itself_fails(
    few_steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was foretold ends nothing."""
    monkeypatch.setattr(training, "check", lambda _, lessons, step, loss: Check(step, loss, 10, 10))
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


# Pairs that are no poems

DOUBLES = [Pair(text, text * 2) for text in ("a", "ab", "b", "山", "か\u3099")]


def test_poems_are_learned_from_their_kimariji_on_and_pairs_from_the_whole_source() -> None:
    assert training.lessons_of(POEMS[16:17]) == [(*POEMS[16].pair, "ちは")]
    pairs = [Pair("12", "a"), Pair("123", "b"), Pair("3", "c")]
    assert [each.shortest for each in training.lessons_of(pairs)] == ["12", "123", "3"]
    assert [each.shortest for each in training.lessons_of(pairs, True)] == ["12", "123", "3"]
    pairs[1] = Pair("1334", "b")
    assert [each.shortest for each in training.lessons_of(pairs, True)] == ["12", "13", "3"]


@given(st.sampled_from(DOUBLES), st.integers())
def test_the_source_of_a_pair_is_not_cut(pair: Pair, seed: int) -> None:
    (lesson,) = training.lessons_of([pair])
    assert training.cut(lesson, random.Random(seed)) == pair.source


def test_pairs_of_any_characters_are_learned() -> None:
    reciter = chihaya.train(DOUBLES)
    assert [reciter.recite(source) for source, _ in DOUBLES] == [target for _, target in DOUBLES]
    assert reciter.history[-1][2:] == (5, 5)
    assert reciter.held_out == ()
    assert (reciter.recipe["pairs"], reciter.recipe["steps"]) == (5, 600)
    assert reciter.model.sizes == Sizes(len(reciter.vocabulary))


def test_pairs_that_are_not_learned_are_said() -> None:
    with pytest.warns(chihaya.NotLearnedWarning, match=r"^3 歩では.*最後の 5 対のうち.*d_model"):
        reciter = chihaya.train(DOUBLES, steps=3, d_model=12, heads=3, layers=1)
    assert [check.step for check in reciter.history] == [3]
    assert reciter.model.sizes == Sizes(len(reciter.vocabulary), 12, 3, 24, 1)


@pytest.mark.parametrize(("pairs", "steps"), [(2, 600), (1000, 625), (9000, 5625), (100_000, 6000)])
def test_the_more_pairs_the_more_steps_within_bounds(pairs: int, steps: int) -> None:
    recipe = training.recipe_for(pairs, False, 0, None)
    assert (recipe["steps"], recipe["batch"]) == (steps, 128)
    assert training.recipe_for(pairs, False, 0, 7)["steps"] == 7


@pytest.mark.parametrize("steps", [1, 7, 8, 9, 600])
def test_the_rates_of_pairs_fall_to_the_end_and_never_to_nothing(steps: int) -> None:
    recipe = training.recipe_for(10, False, 0, steps)
    rates = [training.share_of_rate(step, recipe["fall"], recipe["floor"]) for step in range(steps)]
    assert rates[:8] == pytest.approx([step / 8 for step in range(1, 9)][:steps])
    assert rates[7:] == sorted(rates[7:], reverse=True)
    assert min(rates) > 0


@pytest.mark.parametrize("size", [1, 128, 129, 300])
def test_many_lessons_come_in_parts_each_once_in_every_round(size: int) -> None:
    found = training.batches(range(size), 128, random.Random(0))
    rounds = [[next(found) for _ in range(-(-size // 128))] for _ in range(2)]
    assert all(max(map(len, batches)) <= 128 for batches in rounds)
    assert [sorted(chain(*batches)) for batches in rounds] == [[*range(size)]] * 2
    assert (rounds[0] == rounds[1]) == (size <= 128)


def test_every_pair_is_recited_before_training_ends_not_only_those_of_the_last_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        training, "check", lambda _, batch, step, loss: Check(step, loss, len(batch), len(batch))
    )
    pairs = [*DOUBLES, *numbers()[100:300]]
    with pytest.warns(chihaya.NotLearnedWarning):
        assert len(chihaya.train(pairs, steps=10, d_model=8, layers=1).history) == 2


@pytest.fixture(scope="module")
def generalising() -> tuple[Reciter, list[Pair], list[Pair]]:
    """A small model of the numbers below a hundred, and what it saw and did not see of them."""
    seen, held_out = split(numbers()[:100], 0.1, 0)
    return chihaya.train(seen, held_out=held_out, steps=200, d_model=32, layers=1), seen, held_out


def test_what_was_held_out_ends_training_and_its_best_weights_are_given(
    generalising: tuple[Reciter, list[Pair], list[Pair]],
) -> None:
    reciter, _, held_out = generalising
    assert len(reciter.held_out) == len(reciter.history)
    best = min(reciter.held_out)
    assert best < reciter.held_out[0] / 5
    waited = len(reciter.held_out) - 1 - reciter.held_out.index(best)
    assert waited == 20 or reciter.history[-1].step == 200
    again = training.Waiting(training.lessons_of(held_out), 1)
    again.in_vain(reciter)
    assert again.losses == pytest.approx([best])


def test_of_what_was_held_out_the_characters_alone_are_learned() -> None:
    models = [
        chihaya.train(DOUBLES, held_out=held_out, steps=5, d_model=8, layers=1)
        for held_out in ([Pair("ba", "ab")], [Pair("a山", "b")])
    ]
    assert torch.equal(*map(weights, models))
    assert (
        "ん" in chihaya.train(DOUBLES, held_out=[Pair("ん", "ん")], steps=1).vocabulary.characters
    )


# Devices


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_what_was_trained_on_a_device_is_saved_for_any(device: str, tmp_path: Path) -> None:
    if not AVAILABLE[device]():
        pytest.skip(f"PyTorch finds no {device} here")
    for held_out in ([], [Pair("ba", "baba")]):
        reciter = chihaya.train(DOUBLES, held_out=held_out, device=device)
        assert reciter.model.embedding.weight.device.type == device
        assert examine(reciter, DOUBLES).exact == 5
        chihaya.save_reciter(reciter, tmp_path / "model")
        saved = chihaya.load_reciter(tmp_path / "model")
        assert saved.model.embedding.weight.device.type == "cpu"
        assert [saved.recite(source) for source, _ in DOUBLES] == [each for _, each in DOUBLES]


def test_all_that_the_model_is_given_lies_where_the_model_is() -> None:
    """On the device `meta`, which every machine has, where nothing is computed."""
    vocabulary = Vocabulary("ab", verses=False)
    model = Transformer(Sizes(len(vocabulary), d_model=8, heads=2, d_ff=8, layers=1)).to("meta")
    lessons = training.lessons_of([Pair("a", "b"), Pair("b", "ab")])
    reciter = Reciter(model, vocabulary)
    loss = training.share_of_loss(model, reciter, lessons, ["a", "b"])
    assert (loss.device.type, reciter.sources(["a"]).device.type) == ("meta", "meta")
