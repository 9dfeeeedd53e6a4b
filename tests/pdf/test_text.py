"""The words of the printed book and decks, as a reader searches and copies them."""

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

SITE = Path(__file__).parents[2] / "_build" / "html"
WORDS = ("一首", "二人", "入力", "文字", "言葉", "自己", "行列", "大き", "用語", "長さ")
"""In each stands a kanji that shares its glyph with a radical."""


def text(pdf: Path) -> str:
    """What PDFium finds, in which Chromium's readers search: not the library that wrote the text."""
    with PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def look_alikes(text: str) -> set[str]:
    """The radicals in a text, and compatibility ideographs and ligatures."""
    return {
        character
        for character in text
        if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufb06"
    }


@pytest.fixture(scope="module")
def book() -> str:
    if not (SITE / "kagami.pdf").exists():
        pytest.fail("the PDF is not printed: make pdf", pytrace=False)
    return text(SITE / "kagami.pdf")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_book_is_found(book: str, word: str) -> None:
    assert word in book


def test_the_book_has_letters_alone(book: str) -> None:
    assert look_alikes(book) == set()


def test_the_decks_have_letters_alone() -> None:
    decks = sorted((SITE / "slides").glob("*.pdf"))
    assert decks
    for deck in decks:
        assert look_alikes(text(deck)) == set(), deck.name
