"""The joined book: every id once, every link inside it resolved."""

from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from joined import join, target

SITE = Path(__file__).parents[2] / "_build" / "html"
NAMES = {"index", "a"}
WEB = "https://someone.github.io/book/"


@pytest.fixture(scope="module")
def joined() -> BeautifulSoup:
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: make book", pytrace=False)
    return BeautifulSoup(join(SITE, {}), "html.parser")


def test_every_id_is_there_once(joined: BeautifulSoup) -> None:
    ids = Counter(str(element["id"]) for element in joined.select("[id]"))
    assert len(ids) > 100
    assert set(ids.values()) == {1}


def test_every_link_leads_to_an_id_or_to_the_web(joined: BeautifulSoup) -> None:
    ids = {element["id"] for element in joined.select("[id]")}
    links = [str(link["href"]) for link in joined.select("a[href]")]
    inside = [link for link in links if link.startswith("#")]
    assert len(inside) > 100
    assert {link for link in inside if link[1:] not in ids} == set()
    assert all(link.startswith(("https://", "http://")) for link in set(links) - set(inside))


def test_the_contents_name_every_page_in_the_order_of_the_menu(joined: BeautifulSoup) -> None:
    pages = [link["href"] for link in joined.select(".contents > ol > li > a")]
    assert pages == [f"#{article['id']}" for article in joined.select("article")]
    assert len(pages) == len(list(SITE.glob("*.html"))) - len(["search", "404"])


def test_every_picture_is_there(joined: BeautifulSoup) -> None:
    pictures = [str(image["src"]) for image in joined.select("img")]
    assert pictures and all((SITE / picture).exists() for picture in pictures)


def test_solutions_are_open_and_programs_of_figures_closed(joined: BeautifulSoup) -> None:
    for kind in (".tag_hide-cell > details", ".tag_hide-output details"):
        folded = joined.select(kind)
        assert folded and all("open" in each.attrs for each in folded)
    drawing = joined.select(".tag_hide-input > details")
    assert drawing and not any("open" in folded.attrs for folded in drawing)


HEADED = """<title>鏡 &amp; 像</title><link rel="canonical" href="https://someone.github.io/book/">
<div id="menu"><nav><ul><li><a href="#">題</a></li></ul></nav></div><article><section id="s">
<h1><code>&lt;bos&gt;</code> と A &amp; B</h1><section id="t"><h2>"引用" &lt; 1</h2></section>
</section></article><footer class="site"></footer>"""


def test_headings_with_markup_are_shown_as_they_are_meant(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(HEADED, encoding="utf-8")
    html = BeautifulSoup(join(tmp_path, {}), "html.parser")
    entries = [entry.text for entry in html.select(".contents a span")]
    assert entries == ["<bos> と A & B", '"引用" < 1']
    assert [html.select("title")[0].text, html.select(".title-page p")[0].text] == ["鏡 & 像"] * 2
    assert html.select("bos") == []


def test_the_contents_show_the_numbers_that_were_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(HEADED, encoding="utf-8")
    html = BeautifulSoup(join(tmp_path, {"index": 4}), "html.parser")
    assert html.select(".contents b")[0].text == "4"


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("#s", "#a--s"),
        ("#", "#a"),
        ("a.html", "#a"),
        ("index.html#s", "#index--s"),
        ("search.html", f"{WEB}search.html"),
        ("https://example.org/x.html#s", "https://example.org/x.html#s"),
    ],
)
def test_a_link_leads_within_the_book_if_it_can(href: str, leads_to: str) -> None:
    assert target(href, "a", NAMES, WEB) == leads_to
