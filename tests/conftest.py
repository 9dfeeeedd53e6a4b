from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import chihaya
import pytest
from engines import (
    ENGINES,
    PlaywrightWindow,
    WebDriverWindow,
    Window,
    find_firefox,
    find_webkit,
    firefox,
    webkit,
)
from kagami.browser import launch
from kagami.site.server import serve
from playwright.sync_api import Browser, expect, sync_playwright
from site_tools import SITE


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-engines", action="store_true", help="no browser may be missing")


def pytest_configure(config: pytest.Config) -> None:
    expect.set_options(timeout=30_000)  # ms: two browsers that learn leave a third few of two cores
    if config.getoption("--all-engines"):
        try:
            find_firefox()
            find_webkit()
        except FileNotFoundError as error:
            raise pytest.UsageError(str(error)) from None


@pytest.fixture(scope="session")
def poems() -> tuple[chihaya.Poem, ...]:
    return chihaya.load_poems()


@pytest.fixture(scope="session")
def reciter() -> chihaya.Reciter:
    """The real model, as it comes with the package."""
    return chihaya.load_reciter()


@pytest.fixture(scope="module")  # while it runs, so does an event loop, which other tests need
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _built() -> None:
    """What `make site` has built is there."""
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: make site", pytrace=False)


@pytest.fixture(scope="session")
def address(_built: None) -> Iterator[str]:
    """Where the built site is served."""
    with serve(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def driven(address: str) -> Iterator[Callable[[str], Window]]:
    """Starts Firefox or WebKit, once for all tests."""
    with ExitStack() as stack:

        @cache
        def start(engine: str) -> Window:
            send = stack.enter_context({"firefox": firefox, "webkit": webkit}[engine]())
            return WebDriverWindow(send, address)

        yield start


@pytest.fixture(scope="module", params=ENGINES)
def window(request: pytest.FixtureRequest, address: str) -> Iterator[Window]:
    """A window of each engine that is installed."""
    if request.param == "chromium":
        page = request.getfixturevalue("browser").new_page(base_url=address)
        yield PlaywrightWindow(page)
        page.close()
        return
    try:
        window = request.getfixturevalue("driven")(request.param)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    yield window
    window.goto("404.html")  # where nothing moves, as on the cover, while other tests run
