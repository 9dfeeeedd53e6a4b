import dataclasses

import chihaya
import pytest
from bs4 import BeautifulSoup
from chihaya.figures import hundred

Poems = tuple[chihaya.Poem, ...]


def drawn(poems: Poems, recited: list[str]) -> BeautifulSoup:
    return BeautifulSoup(hundred.draw(poems, recited), "html.parser")


@pytest.fixture(scope="module")
def page(poems: Poems) -> BeautifulSoup:
    return drawn(poems, [poem.shimo_kana for poem in poems])


def test_every_poem_has_its_address_poet_and_kana(page: BeautifulSoup, poems: Poems) -> None:
    for poem in poems:
        entry = page.select(f"#poem-{poem.no}")[0]
        assert entry.select("h3")[0].text.startswith(f"{poem.no} {poem.poet}")
        assert entry.select("p")[1].text == poem.kami_kana + poem.shimo_kana
        assert entry.select("b")[0].text == poem.kimariji


def test_poets_are_called_by_their_names_too(page: BeautifulSoup, poems: Poems) -> None:
    assert page.select("#poem-97 h3")[0].text == "97 権中納言定家（藤原定家）"
    assert page.select("#poem-9 h3")[0].text == "9 小野小町"
    assert hundred.NAMES.keys() <= {poem.poet for poem in poems}


def test_the_readings_are_those_of_the_whole_poem(page: BeautifulSoup, poems: Poems) -> None:
    for poem in poems:
        (verse,) = page.select(f"#poem-{poem.no} h3 + p")
        texts = [(each, getattr(each.parent, "name", "")) for each in verse(string=True)]
        written = "".join(text for text, place in texts if place != "rt")
        read = "".join(text for text, place in texts if place != "ruby")
        assert written == poem.kami + poem.shimo
        assert read == poem.kami_kana + poem.shimo_kana


@pytest.mark.parametrize(
    ("verse", "kana", "parts"),
    [
        ("竜田川", "たつたがは", [("竜田川", "たつたがは")]),
        ("秋の田", "あきのた", [("秋", "あき"), ("の", "の"), ("田", "た")]),
        # the second の may be either: よし no, よしの no
        ("吉野の里に", "よしののさとに", [("吉野の里", "よしののさと"), ("に", "に")]),
        ("野の", "のの", [("野", "の"), ("の", "の")]),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_parted(
    verse: str, kana: str, parts: list[tuple[str, str]]
) -> None:
    assert list(hundred.read(verse, kana)) == parts


def test_friends_are_the_two_that_one_kana_parts(page: BeautifulSoup, poems: Poems) -> None:
    assert [each.no for each in hundred.friend(poems, poems[30])] == [64]
    assert hundred.friend(poems, poems[16]) == []  # ち: three of them
    links = page.select('small a[href^="#poem-"]')
    assert len(links) == 58
    for link in links:
        assert page.select(str(link["href"]))


def test_what_is_recited_wrong_is_said_and_marked(poems: Poems) -> None:
    right, wrong = poems[0].shimo_kana, poems[1].shimo_kana[:-1] + "な"
    found = drawn(poems[:2], [right, wrong]).select("small")
    assert [each.text.split("モデル ")[1] for each in found] == [f"○ {right}", f"× {wrong}"]
    assert [each.text for each in found[1]("u")] == ["な"]


def test_markup_in_a_poem_of_ones_own_is_text(poems: Poems) -> None:
    poem = dataclasses.replace(poems[0], poet="<script>", kami="<i>", kami_kana="あ", kimariji="あ")
    html = hundred.draw([poem], ["<b>"])
    assert "<script" not in html and "<i>" not in html and "<b></" not in html


def test_all_of_it_is_light(poems: Poems) -> None:
    assert len(hundred.draw(poems, [poem.shimo_kana for poem in poems]).encode()) < 60_000
