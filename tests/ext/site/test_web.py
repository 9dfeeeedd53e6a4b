"""What a page says of itself to those who have not opened it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from kagami.site.web import LONGEST_DESCRIPTION

Page = Callable[..., BeautifulSoup]
WEB = "https://someone.github.io/book/"


def description(page: BeautifulSoup) -> str:
    return str(page.select("meta[name=description]")[0]["content"])


def test_the_first_paragraph_describes_the_page(page: Page) -> None:
    assert (
        description(page('# 題\n\n> 引用。\n\n一つ"目"。二つ目。\n\n次の段落。'))
        == '一つ"目"。二つ目。'
    )


def test_a_list_stands_in_for_the_sentence_that_announces_it(
    page: Page,
) -> None:
    found = description(page("# 題\n\nこの章を読む。次のことが分かる。\n\n- 甲\n- 乙。\n"))
    assert found == "この章を読む。甲。乙。"


def test_a_description_ends_with_a_sentence_before_it_grows_too_long(
    page: Page,
) -> None:
    sentence = "あ" * 49 + "。"
    found = description(page(f"# 題\n\n{sentence * 3}\n"))
    assert found == sentence * 2 and len(found) <= LONGEST_DESCRIPTION


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 題\n\n- 甲\n- 乙。", "甲。乙。"),
        ("# 題\n\n1. 甲\n2. 乙", "甲。乙。"),
        ("# 題\n\n![鏡の図](https://example.org/x.svg)", "鏡の図"),
        ("# 題\n\n> 引用。\n\n## 節\n\n節の文。", "節の文。"),
        ("# 題\n\n文。\n\n1. 甲", "文。"),
        ("題のない文。", "題のない文。"),
    ],
)
def test_a_page_that_begins_otherwise_is_described_too(
    page: Page, source: str, expected: str
) -> None:
    assert description(page(source)) == expected


FIGURE = "# 題\n\n```{figure} https://example.org/x.svg\n:alt: 四角\n\n図の題\n```"


@pytest.mark.parametrize("source", ["", "# 題", "# 題\n\n```python\n1\n```", FIGURE])
def test_a_page_without_prose_is_not_described_but_found(page: Page, source: str) -> None:
    html = page(source)
    assert html.select("meta[name=description], meta[property='og:description']") == []
    assert html.select("link[rel=canonical]")
    assert html.select("meta[name=robots]") == []


def test_a_heading_with_markup_is_shown_as_it_is_meant(page: Page, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(f"# {HEADING}\n\n文。\n\n## {HEADING}\n", encoding="utf-8")
    page("# 題\n\n文。\n\n```{toctree}\nother\n```\n")
    text = (tmp_path / "_build" / "html" / "other.html").read_text(encoding="utf-8")
    html = BeautifulSoup(text, "html.parser")
    assert html.select("title")[0].text == f"{SHOWN} — {html.select('.brand')[0].text.strip()}"
    assert html.select("meta[property='og:title']")[0]["content"] == SHOWN
    assert [link.text for link in html.select("#menu nav a")][1:] == [SHOWN, SHOWN]
    assert html.select("bos") == []


HEADING = '`<bos>` と *A & B* の "引用"'
SHOWN = '<bos> と A & B の "引用"'


def test_the_card_of_a_page_has_full_addresses(page: Page) -> None:
    properties = {
        str(meta["property"]): meta["content"] for meta in page("# 題\n\n文。").select("[property]")
    }
    assert properties["og:url"] == WEB
    assert properties["og:image"] == f"{WEB}_static/card.png"
    assert properties["og:description"] == "文。"


def test_what_is_promised_is_written(page: Page, tmp_path: Path) -> None:
    page("# 題\n\n文。")
    site = tmp_path / "_build" / "html"
    assert f"<loc>{WEB}</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"Sitemap: {WEB}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert (site / "_static" / "card.png").read_bytes().startswith(b"\x89PNG")
    assert (site / "favicon.ico").read_bytes().startswith(b"\0\0\1\0")


def test_the_404_page_needs_nothing_from_where_it_is_shown(page: Page, tmp_path: Path) -> None:
    page("# 題\n\n文。")
    text = (tmp_path / "_build" / "html" / "404.html").read_text(encoding="utf-8")
    html = BeautifulSoup(text, "html.parser")
    assert "url(" not in html.select("style")[0].text
    assert html.select("[src], link[rel=stylesheet], link[rel=canonical]") == []
    links = [str(link["href"]) for link in html.select("header a")]
    assert links and all(link.startswith(WEB) for link in links)
