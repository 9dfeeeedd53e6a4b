"""Open to everyone: axe-core finds nothing, in either theme, in what is folded too."""

import pytest
from playwright.sync_api import Browser, Page
from site_tools import PAGES, UNFOLD, violations


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(browser: Browser, address: str, request: pytest.FixtureRequest) -> Page:
    """A reader whose system asks for light or dark."""
    return browser.new_page(base_url=address, color_scheme=request.param)


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_in_a_page(reader: Page, name: str) -> None:
    reader.goto(name)
    reader.evaluate(UNFOLD)
    assert violations(reader) == []


def test_no_barrier_in_the_menu_of_a_narrow_screen(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto("index.html")
    reader.locator(".open-menu").click()
    assert violations(reader) == []


def test_no_barrier_in_what_a_search_finds(reader: Page) -> None:
    reader.goto("search.html?q=注意")
    reader.wait_for_selector(".results li")
    assert violations(reader) == []
