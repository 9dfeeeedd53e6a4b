"""From a small phone to a desk: the page fits, and what is wider scrolls inside itself."""

import pytest
from playwright.sync_api import Browser, Page
from site_tools import PAGES, UNFOLD

WIDTHS = (1280, 768, 390, 320)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What holds more than it is wide, unless it stands in what scrolls.
WIDER = """() => [...document.querySelectorAll('main *')]
  .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
  .filter(box => !box.parentElement.closest('pre, .scroll, .equation, [tabindex]'))
  .map(box => ({
    html: box.outerHTML.slice(0, 200),
    scrolls: /auto|scroll/.test(getComputedStyle(box).overflowX) && box.tabIndex === 0,
  }))"""


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Page:
    return browser.new_page(base_url=address)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_fits_and_what_is_wider_scrolls_by_keyboard_too(window: Page, name: str) -> None:
    window.goto(name)
    window.evaluate(UNFOLD)
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 800})
        assert window.evaluate(TOO_WIDE) == 0, width
    window.wait_for_timeout(100)  # for the page's own observer of sizes
    assert [box["html"] for box in window.evaluate(WIDER) if not box["scrolls"]] == []
