import chihaya
import peers
import pytest
import torch
from chihaya.recital import greedy_decode
from chihaya.training import lessons_of
from peers import Bart, Ours, Plain, Rates, foretold, learn, recited, say_anew

POEMS = chihaya.load_poems()
FEW = POEMS[:4]
WAYS = (Ours, Plain, Bart)
NO_BART = "BART is not compared: transformers is not installed (pip install -e '.[bench]')"


def make(way: type, vocabulary: int) -> torch.nn.Module:
    if way is Bart:
        pytest.importorskip("transformers", reason=NO_BART)
    torch.manual_seed(0)
    model: torch.nn.Module = way(vocabulary)
    return model


@pytest.mark.parametrize("way", WAYS)
def test_every_way_learns_a_few_poems_and_recites_them(way: type) -> None:
    make(way, 4)
    outcome, model = learn(way, Rates(0.01, 60), FEW, seed=0, most=100)
    assert outcome.full == outcome.kimariji == len(FEW)
    assert outcome.steps < 100
    assert outcome.seconds > 0
    vocabulary = chihaya.Vocabulary.of(FEW)
    said = model.say(vocabulary.sources([FEW[0].kami_kana])).tolist()
    assert vocabulary.decode(said[0]) == FEW[0].shimo_kana


@pytest.mark.parametrize("way", WAYS)
def test_whoever_has_learned_nothing_fails(way: type) -> None:
    make(way, 4)
    outcome, _ = learn(way, Rates(0.01, 60), FEW, seed=0, most=1)
    assert (outcome.steps, outcome.full, outcome.kimariji) == (1, 0, 0)


@pytest.mark.parametrize("way", WAYS)
def test_the_ways_are_of_about_equal_size(way: type, reciter: chihaya.Reciter) -> None:
    parameters, usual = (
        sum(each.numel() for each in model.parameters())
        for model in (make(way, len(reciter.vocabulary)), reciter.model)
    )
    assert parameters == pytest.approx(usual, rel=0.05)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_sees_what_comes_later(way: type) -> None:
    model = make(way, 9).eval()
    source, given = torch.tensor([[3, 4, 5]]), torch.tensor([[1, 6, 7]])
    changed = torch.tensor([[1, 6, 8]])
    assert torch.allclose(model(source, given)[:, :2], model(source, changed)[:, :2], atol=1e-6)
    padded = torch.tensor([[3, 4, 5, 0]])
    assert torch.allclose(model(source, given), model(padded, given), atol=1e-5)


def test_what_is_foretold_is_what_is_recited(reciter: chihaya.Reciter) -> None:
    ours = Ours(len(reciter.vocabulary))
    lessons = lessons_of(POEMS)
    assert not foretold(ours, reciter.vocabulary, lessons)
    assert sum(recited(ours, reciter.vocabulary, lessons)) < 2 * len(POEMS)
    ours.load_state_dict(reciter.model.state_dict())
    assert foretold(ours, reciter.vocabulary, lessons)
    assert recited(ours, reciter.vocabulary, lessons) == (len(POEMS), len(POEMS))


def test_without_a_cache_the_same_is_said(reciter: chihaya.Reciter) -> None:
    source = reciter.vocabulary.sources([poem.kimariji for poem in POEMS])
    assert torch.equal(say_anew(reciter.model, source), greedy_decode(reciter.model, source))


def test_the_rates_with_which_fewest_fail_in_fewest_steps_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def learns(_: object, rates: Rates, poems: object, seed: int, most: int) -> object:
        steps = {0.1: 10, 0.2: 30, 0.3: 20}[rates.highest]
        full = 3 if (rates.highest, seed) == (0.1, 4) else 4
        return peers.Outcome(1.0, steps, full, 4), None

    monkeypatch.setattr(peers, "GRID", [Rates(highest, 100) for highest in (0.1, 0.2, 0.3)])
    monkeypatch.setattr(peers, "learn", learns)
    assert peers.tune(Ours, FEW) == Rates(0.3, 100)
