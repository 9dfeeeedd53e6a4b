"""What a page says of itself to those who have not opened it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from kagami.site.web import LONGEST_DESCRIPTION
from theme_tools import CONFIG, EXTENSIONS, WEB


@pytest.fixture
def page(build: Callable[..., str]) -> Callable[[str], BeautifulSoup]:
    """A page in the book's theme."""

    def page(source: str) -> BeautifulSoup:
        return BeautifulSoup(build(source, *EXTENSIONS, **CONFIG), "html.parser")

    return page


def description(page: BeautifulSoup) -> str:
    return str(page.select("meta[name=description]")[0]["content"])


def test_the_first_paragraph_describes_the_page(page: Callable[[str], BeautifulSoup]) -> None:
    assert (
        description(page('# 題\n\n> 引用。\n\n一つ"目"。二つ目。\n\n次の段落。'))
        == '一つ"目"。二つ目。'
    )


def test_a_list_stands_in_for_the_sentence_that_announces_it(
    page: Callable[[str], BeautifulSoup],
) -> None:
    found = description(page("# 題\n\nこの章を読む。次のことが分かる。\n\n- 甲\n- 乙。\n"))
    assert found == "この章を読む。甲。乙。"


def test_a_description_ends_with_a_sentence_before_it_grows_too_long(
    page: Callable[[str], BeautifulSoup],
) -> None:
    sentence = "あ" * 49 + "。"
    found = description(page(f"# 題\n\n{sentence * 3}\n"))
    assert found == sentence * 2 and len(found) <= LONGEST_DESCRIPTION


def test_the_card_of_a_page_has_full_addresses(page: Callable[[str], BeautifulSoup]) -> None:
    properties = {
        str(meta["property"]): meta["content"] for meta in page("# 題\n\n文。").select("[property]")
    }
    assert properties["og:url"] == WEB
    assert properties["og:image"] == f"{WEB}_static/card.png"
    assert properties["og:description"] == "文。"


def test_what_is_promised_is_written(page: Callable[[str], BeautifulSoup], tmp_path: Path) -> None:
    page("# 題\n\n文。")
    site = tmp_path / "_build" / "html"
    assert f"<loc>{WEB}</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"Sitemap: {WEB}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert (site / "_static" / "card.png").read_bytes().startswith(b"\x89PNG")
    assert (site / "favicon.ico").read_bytes().startswith(b"\0\0\1\0")


def test_the_404_page_needs_nothing_from_where_it_is_shown(
    page: Callable[[str], BeautifulSoup], tmp_path: Path
) -> None:
    page("# 題\n\n文。")
    text = (tmp_path / "_build" / "html" / "404.html").read_text(encoding="utf-8")
    html = BeautifulSoup(text, "html.parser")
    assert "url(" not in html.select("style")[0].text
    assert html.select("[src], link[rel=stylesheet], link[rel=canonical]") == []
    links = [str(link["href"]) for link in html.select("header a")]
    assert links and all(link.startswith(WEB) for link in links)
