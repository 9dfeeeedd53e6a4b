import re

import pytest
from chihaya import Poem, UnknownCharacterError, Vocabulary
from hypothesis import given
from hypothesis import strategies as st

KANA = "あいうえおかがきぎくぐけげこごゐゑを"
SMALL = Vocabulary(KANA)


@given(st.text(KANA))
def test_decoding_undoes_encoding(text: str) -> None:
    ids = SMALL.encode(text)
    assert len(ids) == len(text)
    assert all(3 <= number < len(SMALL) for number in ids)
    assert SMALL.decode(ids) == text
    assert SMALL.decode([SMALL.bos, *ids, SMALL.pad, SMALL.eos, *ids]) == text


@given(st.text(), st.text())
def test_a_vocabulary_of_any_text_spells_that_text_and_names_what_it_lacks(
    known: str, text: str
) -> None:
    vocabulary = Vocabulary(known)
    assert vocabulary.decode(vocabulary.encode(known)) == known
    assert len(vocabulary) == 3 + len(set(known))
    unknown = [character for character in text if character not in known]
    if not unknown:
        assert vocabulary.decode(vocabulary.encode(text)) == text
        return
    with pytest.raises(UnknownCharacterError) as error:
        vocabulary.encode(text)
    message = str(error.value)
    assert f"U+{ord(unknown[0]):04X}" in message
    assert unknown[0] in message or "目に見えない" in message
    assert len(message.splitlines()) == 1
    message.encode()  # can be printed: no lone surrogate in it


def test_ids_follow_the_code_points_whatever_the_order_given() -> None:
    vocabulary = Vocabulary("いろはに" * 2)
    assert vocabulary.tokens == ("<pad>", "<bos>", "<eos>", "い", "に", "は", "ろ")
    assert vocabulary.encode("はろい") == [5, 6, 3]
    assert vocabulary.characters == "いにはろ"
    assert Vocabulary(vocabulary.characters).tokens == vocabulary.tokens


def test_the_vocabulary_of_the_poems_is_the_kana_of_both_verses(poems: tuple[Poem, ...]) -> None:
    vocabulary = Vocabulary.of(poems)
    assert set(vocabulary.characters) == set(
        "".join(poem.kami_kana + poem.shimo_kana for poem in poems)
    )
    assert set("ゐゑをぢづ") < set(vocabulary.characters)
    assert "ん" not in vocabulary.characters  # む


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("あ早", "漢字「早」（U+65E9）"),
        ("人々", "漢字「人」（U+4EBA）"),
        ("々", "漢字「々」（U+3005）"),
        ("あ い", "目に見えない文字（U+0020）"),
        ("あ\u3000い", "目に見えない文字（U+3000）"),
        ("あ\n", "目に見えない文字（U+000A）"),
        ("\x1b", "目に見えない文字（U+001B）"),
        ("か\u3099", "「\u3099」（U+3099）"),
        ("チハ", "「チ」（U+30C1）"),
        ("chi", "「c」（U+0063）"),
    ],
)
def test_an_unknown_character_is_named(text: str, said: str) -> None:
    with pytest.raises(UnknownCharacterError, match=r"^.*ひらがな.*。$") as error:
        SMALL.encode(text)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a早", "「早」（U+65E9）は語彙にない"),
        ("い", "「い」（U+3044）は語彙にない"),
        ("a b", "目に見えない文字（U+0020）は語彙にない"),
    ],
)
def test_where_no_verses_are_known_none_are_asked_for(text: str, said: str) -> None:
    with pytest.raises(UnknownCharacterError, match=re.escape(said)) as error:
        Vocabulary("ab", verses=False).encode(text)
    assert "ひらがな" not in str(error.value) and "歌" not in str(error.value)


def test_sources_are_filled_up_with_pad() -> None:
    assert SMALL.sources(["あいう", "い"]).tolist() == [[3, 4, 5], [4, 0, 0]]


def test_targets_stand_between_bos_and_eos() -> None:
    assert SMALL.targets(["あい", ""]).tolist() == [[1, 3, 4, 2], [1, 2, 0, 0]]
