"""What Chromium writes of a glyph that several characters share, and what it becomes."""

import unicodedata

import pytest
from kagami.japanese.text_layer import LETTERS, MAPPING, mended


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<2E> <2F00>", "<2E> <4E00>"),
        ("<0031> <2ED1>", "<0031> <9577>"),
        ("<04> <F9E4>", "<04> <7406>"),
        ("<05> <FB01>", "<05> <00660069>"),
        ("<05> <07> <2F06>", "<05> <07> [<4E8C> <4EA0> <4EBA>]"),
        ("<05> <06> <2FD5>", "<05> <06> [<9FA0> <2FD6>]"),
        ("<2E> <4E00>", "<2E> <4E00>"),
        ("<05> <07> <3042>", "<05> <07> <3042>"),
        ("<0000> <FFFF>", "<0000> <FFFF>"),
        ("<00> <FF>", "<00> <FF>"),
        ("<2E> <D835DC65>", "<2E> <D835DC65>"),
        ("12 beginbfchar", "12 beginbfchar"),
    ],
)
def test_a_line_has_letters_instead_of_what_looks_like_them(line: str, expected: str) -> None:
    assert MAPPING.sub(mended, f"first\n{line}\nlast") == f"first\n{expected}\nlast"


def test_every_radical_of_the_index_becomes_a_kanji() -> None:
    radicals = [chr(code) for code in range(0x2F00, 0x2FD6)]
    kanji = [radical.translate(LETTERS) for radical in radicals]
    assert {unicodedata.name(character).split("-")[0] for character in kanji} == {
        "CJK UNIFIED IDEOGRAPH"
    }
    assert len(set(kanji)) == len(radicals)
