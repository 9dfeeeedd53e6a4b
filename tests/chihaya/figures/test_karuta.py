import dataclasses
import re
from html import unescape
from xml.etree import ElementTree

import chihaya
import pytest
from chihaya.figures import karuta

UNVOICED = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼ", "かきくけこさしすせそたちつてとはひふへほ"
)


def columns(html: str) -> list[str]:
    return re.findall(r"<p [^>]*>(.*?)</p>", html)


def test_the_reading_card_has_the_whole_poem_and_its_poet(poems: tuple[chihaya.Poem, ...]) -> None:
    poem = poems[16]
    assert columns(karuta.draw(poem))[:3] == [poem.kami, poem.shimo, "在原業平朝臣"]


@pytest.mark.parametrize("number", range(1, 101))
def test_the_taking_card_has_the_lower_verse_in_three_columns(
    poems: tuple[chihaya.Poem, ...], number: int
) -> None:
    poem = poems[number - 1]
    first, second, third = columns(karuta.draw(poem))[3:]
    assert first + second + third == poem.shimo_kana.translate(UNVOICED)
    assert len(first) == len(second) == 5
    assert 4 <= len(third) <= 6


def test_no_kana_of_the_taking_card_carries_a_dakuten(poems: tuple[chihaya.Poem, ...]) -> None:
    assert "".join(columns(karuta.draw(poems[16]))[3:]) == "からくれなゐにみつくくるとは"


def test_markup_in_a_poem_of_ones_own_is_text(poems: tuple[chihaya.Poem, ...]) -> None:
    script = "<script>alert('&')</script>"
    html = karuta.draw(dataclasses.replace(poems[16], poet=script, kami=script, shimo=script))
    assert "<script" not in html
    assert [unescape(column) for column in columns(html)[:3]] == [script] * 3


def test_the_cards_are_two_boxes_with_a_caption_that_numbers_the_poem(
    poems: tuple[chihaya.Poem, ...],
) -> None:
    reading, taking, caption = ElementTree.fromstring(karuta.draw(poems[16]))
    assert (reading.tag, taking.tag, caption.tag) == ("div", "div", "figcaption")
    assert len(reading) == len(taking) == 3
    assert "".join(caption.itertext()) == "17 番の読み札と取り札"
    assert not "".join(
        text for each in (reading, taking) for text in (each.text or "", each.tail or "")
    )
    for element in (reading, taking, caption, *reading, *taking):
        for declaration in element.get("style", "").split(";"):
            assert re.fullmatch("[a-z-]+:[^:;]+", declaration)
