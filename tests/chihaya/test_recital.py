from dataclasses import replace

import pytest
import torch
from chihaya import Poem, Reciter, UnknownCharacterError, VerseError, recall
from chihaya.poems import beginning_with, distinct_beginnings
from chihaya.recital import check_verse, greedy_decode, hear
from chihaya.transformer import Transformer
from torch import Tensor
from torch.testing import assert_close

Poems = tuple[Poem, ...]


def test_every_poem_is_recited_from_the_whole_upper_verse(reciter: Reciter, poems: Poems) -> None:
    result = recall(reciter, poems)
    assert (result.correct, result.total) == (100, 100)
    assert result.recited == tuple(poem.shimo_kana for poem in poems)


def test_every_poem_is_recited_from_its_kimariji(reciter: Reciter, poems: Poems) -> None:
    assert recall(reciter, poems, "kimariji").correct == 100


def test_each_of_the_hundred_kimariji_alone_gives_its_lower_verse(
    reciter: Reciter, poems: Poems
) -> None:
    """One at a time, as a reader asks: no other verse in the batch, no padding."""
    said = {poem.kimariji: reciter.recite(poem.kimariji) for poem in poems}
    assert said == {poem.kimariji: poem.shimo_kana for poem in poems}


@pytest.mark.parametrize("length", [1, 3, 6])
def test_recall_by_length_is_between_what_is_learned_and_what_can_be_known(
    reciter: Reciter, poems: Poems, length: int
) -> None:
    result = recall(reciter, poems, length)
    for poem, said in zip(poems, result.recited, strict=True):
        if len(poem.kimariji) == length:
            assert said == poem.shimo_kana
    assert result.correct <= distinct_beginnings(poems, length)
    assert len(set(result.recited)) <= distinct_beginnings(poems, length)


def test_nothing_of_the_lower_verse_reaches_the_model(reciter: Reciter, poems: Poems) -> None:
    hidden = [replace(poem, shimo_kana="む", shimo="", poet="") for poem in poems]
    for prefix in ("full", "kimariji", 2):
        result = recall(reciter, hidden, prefix)
        assert result.correct == 0
        assert result.recited == recall(reciter, poems, prefix).recited


def test_one_wrong_kana_is_not_recalled(reciter: Reciter, poems: Poems) -> None:
    wrong = [replace(poem, shimo_kana=poem.shimo_kana[:-1] + "ゑ") for poem in poems[:2]]
    assert recall(reciter, [*wrong, *poems[2:]]).correct == 98


def test_what_is_heard(poems: Poems) -> None:
    poem = poems[16]
    assert hear(poem, "full") == "ちはやぶるかみよもきかずたつたがは"
    assert hear(poem, "kimariji") == "ちは"
    assert hear(poem, 5) == "ちはやぶる"
    assert hear(poem, 99) == hear(poem, "full")
    for prefix in (0, -1):
        with pytest.raises(ValueError, match="at least 1"):
            hear(poem, prefix)


def test_an_unknown_verse_is_answered_too(reciter: Reciter, poems: Poems) -> None:
    assert not beginning_with(poems, "ちはやふる")
    said = reciter.recite("ちはやふる")
    assert 0 < len(said) <= 40
    assert set(said) <= set(reciter.vocabulary.characters)


@pytest.mark.parametrize(
    ("heard", "error", "said"),
    [
        ("", VerseError, "空である"),
        ("あ" * 41, VerseError, "41 文字ある。40 文字まで"),
        ("千早", UnknownCharacterError, "漢字「千」"),
        ("あさぼらけん", UnknownCharacterError, "「ん」"),
    ],
)
def test_what_is_no_verse_is_refused(
    reciter: Reciter, heard: str, error: type[ValueError], said: str
) -> None:
    for refusing in (
        lambda: reciter.recite(heard),
        lambda: reciter.recite_all(["ちは", heard]),
        lambda: reciter.attention(heard),
        lambda: check_verse(heard, reciter.vocabulary),
    ):
        with pytest.raises(error, match=said):
            refusing()
    check_verse("あ" * 40, reciter.vocabulary)


def test_attention_of_a_recitation(reciter: Reciter) -> None:
    said, attention = reciter.attention("ちは")
    sizes, length = reciter.model.sizes, len(said) + 1
    assert said == "からくれなゐにみづくくるとは"
    assert attention.encoder.shape == (sizes.layers, 1, sizes.heads, 2, 2)
    assert attention.decoder.shape == (sizes.layers, 1, sizes.heads, length, length)
    assert attention.cross.shape == (sizes.layers, 1, sizes.heads, length, 2)
    for weights in attention:
        assert not weights.requires_grad
        assert_close(weights.sum(-1), torch.ones(weights.shape[:-1]))


class Parrot(Transformer):
    """Says the source once more, token by token, and then 9 for ever: no weights, so no luck."""

    def __init__(self) -> None:
        torch.nn.Module.__init__(self)

    def encode(self, source: Tensor) -> Tensor:
        return source

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        position = target.size(1) - 1
        said = source[:, position] if position < source.size(1) else torch.full((len(source),), 9)
        return torch.nn.functional.one_hot(said, 10).float()[:, None]


def test_greedy_decoding_stops_when_all_rows_have_said_eos() -> None:
    source = torch.tensor([[5, 2, 6, 7], [7, 8, 2, 4]])
    assert greedy_decode(Parrot(), source).tolist() == [[5, 2, 6], [7, 8, 2]]


def test_greedy_decoding_goes_on_where_the_source_is() -> None:
    """`meta` is a device that every machine has: it knows shapes alone."""

    class Elsewhere(Parrot):
        def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
            assert target.device == source.device
            raise StopIteration

    with pytest.raises(StopIteration):
        greedy_decode(Elsewhere(), torch.zeros(2, 3, dtype=torch.long, device="meta"))


def test_greedy_decoding_stops_at_forty_tokens() -> None:
    said = greedy_decode(Parrot(), torch.tensor([[5, 6], [2, 6]])).tolist()
    assert said == [[5, 6] + [9] * 38, [2, 6] + [9] * 38]
