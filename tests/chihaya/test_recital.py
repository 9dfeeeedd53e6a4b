from collections import Counter
from copy import deepcopy
from dataclasses import replace

import pytest
import torch
from chihaya import Poem, Reciter, UnknownCharacterError, VerseError, Vocabulary, recall
from chihaya.poems import beginning_with, distinct_beginnings
from chihaya.recital import Prefix, check_verse, greedy_decode, hear
from chihaya.transformer import Cache, Sizes, Transformer
from hypothesis import given, settings
from hypothesis import strategies as st
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


def test_what_is_no_source_is_refused_without_a_word_of_verses() -> None:
    vocabulary = Vocabulary("ab", verses=False)
    for heard, said in (
        ("", "source が空である"),
        ("a" * 41, "source が 41 文字ある。40 文字まで"),
    ):
        with pytest.raises(VerseError, match=said) as error:
            check_verse(heard, vocabulary)
        assert "句" not in str(error.value) and "ひらがな" not in str(error.value)


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

    def decode(
        self, target: Tensor, memory: Tensor, source: Tensor, cache: Cache | None = None
    ) -> Tensor:
        position = target.size(1) - 1
        said = source[:, position] if position < source.size(1) else torch.full((len(source),), 9)
        return torch.nn.functional.one_hot(said, 10).float()[:, None]


def test_greedy_decoding_stops_when_all_rows_have_said_eos() -> None:
    source = torch.tensor([[5, 2, 6, 7], [7, 8, 2, 4]])
    assert greedy_decode(Parrot(), source).tolist() == [[5, 2, 6], [7, 8, 2]]


def test_greedy_decoding_goes_on_where_the_source_is() -> None:
    """`meta` is a device that every machine has: it knows shapes alone."""

    class Elsewhere(Parrot):
        def decode(
            self, target: Tensor, memory: Tensor, source: Tensor, cache: Cache | None = None
        ) -> Tensor:
            assert target.device == source.device
            raise StopIteration

    with pytest.raises(StopIteration):
        greedy_decode(Elsewhere(), torch.zeros(2, 3, dtype=torch.long, device="meta"))


def test_greedy_decoding_stops_at_forty_tokens() -> None:
    said = greedy_decode(Parrot(), torch.tensor([[5, 6], [2, 6]])).tolist()
    assert said == [[5, 6] + [9] * 38, [2, 6] + [9] * 38]


# With keys and values kept


@torch.inference_mode()
def decode_anew(model: Transformer, source: Tensor) -> Tensor:
    """What `greedy_decode` says, all of it computed again at each step: no cache."""
    memory = model.encode(source)
    target = torch.full_like(source[:, :1], Vocabulary.bos)
    for _ in range(40):
        logits = model.decode(target, memory, source)
        target = torch.cat((target, logits[:, -1:].argmax(-1)), dim=1)
        if (target == Vocabulary.eos).any(dim=1).all():
            break
    return target[:, 1:]


@pytest.mark.parametrize("prefix", ["full", "kimariji"])
def test_what_is_kept_changes_no_token(reciter: Reciter, poems: Poems, prefix: Prefix) -> None:
    """All poems in a batch, where most upper verses are filled up, and every fifth alone."""
    sources = reciter.vocabulary.sources
    heard = [hear(poem, prefix) for poem in poems]
    for source in (sources(heard), *(sources([verse]) for verse in heard[::5])):
        assert torch.equal(greedy_decode(reciter.model, source), decode_anew(reciter.model, source))


@pytest.fixture(scope="module")
def exact(reciter: Reciter) -> tuple[Transformer, Transformer]:
    """The model and an untrained one in double precision: two tokens tie for none of their sums' order."""
    torch.manual_seed(0)
    untrained = Transformer(Sizes(len(reciter.vocabulary)))
    return deepcopy(reciter.model).double(), untrained.double()


@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_what_is_kept_changes_no_token_whatever_is_heard(
    reciter: Reciter, exact: tuple[Transformer, Transformer], data: st.DataObject
) -> None:
    verses = st.text(reciter.vocabulary.characters, min_size=1, max_size=40)
    source = reciter.vocabulary.sources(data.draw(st.lists(verses, min_size=1, max_size=4)))
    for model in exact:
        assert torch.equal(greedy_decode(model, source), decode_anew(model, source))


def test_the_logits_of_each_step_are_those_of_a_full_pass(reciter: Reciter, poems: Poems) -> None:
    source = reciter.vocabulary.sources([poem.kami_kana for poem in poems])
    target = reciter.vocabulary.targets([poem.shimo_kana for poem in poems])[:, :-1]
    with torch.inference_mode():
        memory, cache = reciter.model.encode(source), Cache()
        for length in range(1, target.size(1) + 1):
            said = target[:, :length]
            last = reciter.model.decode(said, memory, source, cache)
            full = reciter.model.decode(said, memory, source)[:, -1:]
            assert_close(last, full, rtol=1e-5, atol=1e-5)


def test_keys_are_computed_once_for_each_position(reciter: Reciter) -> None:
    model, rows = deepcopy(reciter.model), Counter[str]()
    for name, module in model.decoder.named_modules():
        if name.endswith(("key", "value", "query")):
            module.register_forward_hook(
                lambda _, args, __, name=name: rows.update({name: args[0].size(1)})
            )
    steps = greedy_decode(model, reciter.vocabulary.sources(["ちはやぶる"])).size(1)
    assert steps == 15
    assert rows == {
        f"layers.{layer}.{attention}.{part}": heard if part != "query" else steps
        for layer in range(model.sizes.layers)
        for attention, heard in (("attention", steps), ("cross_attention", 5))
        for part in ("query", "key", "value")
    }
