"""The search finds Japanese: in compounds, over line breaks of the source, in each way of writing."""

import re

import pytest
from playwright.sync_api import Browser, Page

FOUND = {
    # words inside compounds
    "学習曲線": "chihaya",
    "自己注意": "transformer",
    "多頭": "transformer",
    "接続": "transformer",
    "交差注意": "transformer",
    "教師強制": "mirror",
    "頭辞木": "kimariji",
    "貪欲": "chihaya",
    # kanji
    "正多面体": "duality",
    "位置符号化": "positional-encoding",
    "信頼区間": "evaluation",
    "文献": "references",
    # kana
    "むすめふさほせ": "kimariji",
    "ちはやふる": "chihaya",
    "ありえない": "unreasonable-effectiveness",
    "ニーチェ": "index",
    # rōmaji and English, in any case and width
    "kimariji": "kimariji",
    "SOFTMAX": "duality",
    "ｓｏｆｔｍａｘ": "duality",
    "positional encoding": "positional-encoding",
    "teacher forcing": "mirror",
    "Sejnowski": "references",
    "Wigner": "unreasonable-effectiveness",
    # poets
    "在原業平": "chihaya",
    "小野小町": "transformer",
    # over a line break of the source, with its punctuation, which a reader may type in half width
    "用心するがよい。そして，君が": "index",
    "用心するがよい。そして,君が": "index",
    # several words, in any order
    "用語 記号": "notation",
    "注意 順序": "positional-encoding",
}
NONSENSE = ("鸚鵡貝の回文", "ぬるぽぽん", "qwertyzxcv")
RESULTS = "[...document.querySelectorAll('.results a')].map(link => link.getAttribute('href'))"


@pytest.fixture(scope="module")
def search_page(browser: Browser, address: str) -> Page:
    page = browser.new_page(base_url=address)
    page.goto("search.html")
    return page


def results(page: Page, query: str) -> list[str]:
    """The addresses that the page lists while a query stands in the box."""
    page.locator(".search input").fill(query)
    addresses: list[str] = page.evaluate(RESULTS)
    return addresses


@pytest.mark.parametrize(("query", "name"), FOUND.items())
def test_the_right_page_is_first_or_second(search_page: Page, query: str, name: str) -> None:
    addresses = results(search_page, query)
    assert f"{name}.html" in [found.partition("#")[0] for found in addresses[:2]], addresses


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_not_found(search_page: Page, query: str) -> None:
    assert results(search_page, query) == []
    assert search_page.get_by_role("status").text_content() == f"「{query}」は見つからない"


def test_what_is_found_is_marked_and_leads_to_its_section(page: Page) -> None:
    """From the box of another page, by the keyboard alone."""
    page.goto("notation.html")
    page.get_by_label("この本を検索").fill("自己注意")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    first = page.locator(".results li").first
    assert set(first.locator("mark").all_text_contents()) == {"自己注意"}
    first.get_by_role("link").click()
    page.wait_for_url(re.compile("#"))
    anchor = page.url.partition("#")[2]
    assert "自己注意" in (page.locator(f"[id='{anchor}']").text_content() or "")
