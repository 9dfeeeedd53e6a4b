from collections.abc import Iterator

import chihaya
import pytest
from engines import find_firefox, find_webkit
from kagami.browser import launch
from kagami.site.server import serve
from playwright.sync_api import Browser, sync_playwright
from site_tools import SITE


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-engines", action="store_true", help="no browser may be missing")


def pytest_configure(config: pytest.Config) -> None:
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
