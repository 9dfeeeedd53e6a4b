"""Open to everyone: axe-core finds nothing, in either theme, in what is folded too."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from site_tools import PAGES, UNFOLD, violations

ONLY = {"light": None, "dark": ["color-contrast", "link-in-text-block"]}
"""The rules that axe looks at a page by, or all: in the dark nothing but colours is another."""


@pytest.fixture(scope="module", params=ONLY)
def scheme(request: pytest.FixtureRequest) -> str:
    """What a reader's system asks for."""
    return str(request.param)


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> Page:
    return browser.new_page(base_url=address, color_scheme=scheme)


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_in_a_page(reader: Page, scheme: str, name: str) -> None:
    reader.goto(name)
    reader.evaluate(UNFOLD)
    assert violations(reader, only=ONLY[scheme]) == []


def test_no_barrier_in_the_menu_of_a_narrow_screen(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto("index.html")
    reader.locator(".open-menu").click()
    assert violations(reader) == []


def test_no_barrier_in_what_a_search_finds(reader: Page) -> None:
    reader.goto("search.html?q=注意")
    reader.wait_for_selector(".results li")
    assert violations(reader) == []
