from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from site_tools import FLAGS, SITE, SiteHandler, executable


@pytest.fixture(autouse=True, scope="session")
def _built() -> None:
    """The tests look at what `make book` has built."""
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: make book", pytrace=False)


@pytest.fixture(scope="session")
def address(_built: None) -> Iterator[str]:
    """Where the built site is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SiteHandler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")  # while it runs, so does an event loop, which other tests need
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        browser = chromium.launch(executable_path=executable(chromium), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that nobody has used, at a width where the menu is beside the text."""
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()
