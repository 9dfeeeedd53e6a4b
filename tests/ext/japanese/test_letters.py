import pytest
from kagami.japanese.letters import LETTER


@pytest.mark.parametrize("letter", "かカゔヶ漢々〆ー")
def test_kana_and_kanji_are_letters(letter: str) -> None:
    assert LETTER.fullmatch(letter)


@pytest.mark.parametrize("character", "aé1，。・「 ～α")
def test_punctuation_and_other_scripts_are_not(character: str) -> None:
    assert not LETTER.fullmatch(character)
