"""What the experiment on cuts changes and counts; all of it takes minutes."""

import random

import chihaya
import pytest
import torch
from chihaya import training
from chihaya.experiments import cutting
from chihaya.recital import Reciter

Poems = tuple[chihaya.Poem, ...]


def test_cuts_are_of_every_length_or_of_none() -> None:
    lesson = training.Lesson("あいうえ", "お", "あい")
    dice = random.Random(0)
    assert {cutting.uniform(lesson, dice) for _ in range(50)} == {"あい", "あいう", "あいうえ"}
    assert cutting.whole(lesson, dice) == "あいうえ"


def test_the_cut_is_the_training_s_for_as_long_as_it_trains(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[training.Lesson] = []

    def listen(lesson: training.Lesson, cuts: random.Random) -> str:
        heard.append(lesson)
        return lesson.source

    usual = training.cut
    assert cutting.trained(listen, 0, 2).history[-1].step == 2
    assert len(heard) == 200
    assert training.cut is usual


def test_no_training_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "check", lambda *_: chihaya.recital.Check(5, 0.0, 100, 100))
    monkeypatch.setattr(training, "recites", lambda *_: True)
    assert len(cutting.trained(training.cut, 0, 10).history) == 2


def test_the_rest_stands_where_it_stands_in_the_verse(reciter: Reciter, poems: Poems) -> None:
    sources = cutting.in_place(reciter, poems)
    poem = poems[16]
    row = sources[16].tolist()
    assert row[:2] == [reciter.vocabulary.pad] * 2
    assert reciter.vocabulary.decode(row) == poem.kami_kana[2:] == cutting.rests(poems)[16]


def test_what_is_joined_begins_as_the_poem_and_goes_on_as_another(poems: Poems) -> None:
    for poem, heard in zip(poems, cutting.joined(poems), strict=True):
        length = len(poem.kimariji)
        assert heard[:length] == poem.kimariji
        assert heard != poem.kami_kana
        assert any(heard[length:] == other.kami_kana[length:] for other in poems)


def test_recited_counts_what_is_said_to_the_letter(reciter: Reciter, poems: Poems) -> None:
    sources = reciter.vocabulary.sources([poem.kimariji for poem in poems[:2]])
    assert cutting.recited(reciter, sources, poems[:2]) == 2
    assert cutting.recited(reciter, sources, poems[1:3]) == 0


@pytest.mark.parametrize(("position", "followed"), [(0, "before"), (-2, "before"), (-1, "last")])
def test_whom_the_decoder_follows_is_told_by_the_vectors_it_looks_at(
    reciter: Reciter, poems: Poems, monkeypatch: pytest.MonkeyPatch, position: int, followed: str
) -> None:
    """The encoder says which poem it hears at every position; the decoder looks at one alone."""
    pair = [poem for poem in poems if poem.kimariji.startswith("あさぼらけ")]
    heard = {poem.kimariji: number for number, poem in enumerate(pair)}
    answers = reciter.vocabulary.targets([poem.shimo_kana for poem in pair])

    def encode(source: torch.Tensor) -> torch.Tensor:
        number = heard[reciter.vocabulary.decode(source[0].tolist())]
        return torch.full((1, source.size(1), 1), number)

    def decode(model: chihaya.Transformer, source: torch.Tensor) -> torch.Tensor:
        return answers[model.encode(source)[:, position, 0]]

    monkeypatch.setattr(reciter.model, "encode", encode)
    monkeypatch.setattr(cutting, "greedy_decode", decode)
    assert cutting.routes(reciter, pair)[f"follows_{followed}"] == 2


def test_who_says_something_else_follows_neither(
    reciter: Reciter, poems: Poems, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = [poem for poem in poems if poem.kimariji.startswith("あさぼらけ")]
    silence = torch.full((1, 1), reciter.vocabulary.eos)
    monkeypatch.setattr(cutting, "greedy_decode", lambda model, source: silence)
    assert cutting.routes(reciter, pair)["follows_neither"] == 2
