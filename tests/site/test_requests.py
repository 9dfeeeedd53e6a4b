"""What a page asks for, what it weighs, and that the browser complains of nothing."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from site_tools import PAGES

KB = 1000
FIRST_VIEW = 150 * KB
REQUESTS = 15
POEMS = "mincho-poems.woff2"
POEMS_FACE = 120 * KB
INDEX, WHOLE_TEXT = "search-index.js", 160 * KB
"""The search page alone has the text of the whole book, which grows with it."""
LOAD_ALL = """async () => {
  for (const image of document.images) {
    image.loading = 'eager'
    if (!image.complete) await new Promise(done => image.onload = image.onerror = done)
  }
  await document.fonts.ready
}"""


class Visit(NamedTuple):
    """What happened while a page was read to its end."""

    complaints: list[str]
    sizes: dict[str, int]  # compressed, by address

    def first_view(self) -> dict[str, int]:
        """What comes before the figures that were executed."""
        return {url: size for url, size in self.sizes.items() if "/_images/" not in url}


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Callable[[str], Visit]:
    """Reads a page by its name, once."""

    @cache
    def visit(name: str) -> Visit:
        with browser.new_context(base_url=address) as context:
            return read(context.new_page(), name)

    return visit


def read(page: Page, name: str) -> Visit:
    """Open a page, and wait for its figures and faces, too."""
    complaints: list[str] = []
    asked: list[Request] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("request", lambda request: asked.append(request))
    page.goto(name)
    page.evaluate(LOAD_ALL)
    sizes = {}
    for request in asked:
        response = request.response()
        if not response or response.status >= 400:
            complaints.append(f"failed: {request.url}")
        sizes[request.url] = request.sizes()["responseBodySize"] if response else 0
    return Visit(complaints, sizes)


@pytest.mark.parametrize("name", PAGES)
def test_the_browser_complains_of_nothing(visit: Callable[[str], Visit], name: str) -> None:
    assert visit(name).complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_is_asked(visit: Callable[[str], Visit], name: str, address: str) -> None:
    assert [url for url in visit(name).sizes if not url.startswith((address, "data:"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_first_view_is_light(visit: Callable[[str], Visit], name: str) -> None:
    sizes = visit(name).first_view()
    poems = sum(size for url, size in sizes.items() if url.endswith(POEMS))
    text = sum(size for url, size in sizes.items() if url.endswith(INDEX))
    weight = sum(sizes.values()) - poems - text
    print(
        f"{name:<32}{weight / KB:6.1f} KB  {len(sizes):2} requests  poems' face {poems / KB:.1f} KB"
    )
    assert weight <= FIRST_VIEW, sizes
    assert poems <= POEMS_FACE
    assert text <= WHOLE_TEXT
    assert len(sizes) <= REQUESTS, sizes
