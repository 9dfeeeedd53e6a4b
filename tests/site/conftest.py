from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from engines import ENGINES, PlaywrightWindow, WebDriverWindow, Window, firefox, webkit
from playwright.sync_api import Browser, Page


@pytest.fixture(autouse=True, scope="session")
def _looked_at(_built: None) -> None:
    """All tests here look at what `make site` has built."""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that nobody has used, at a width where the menu is beside the text."""
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


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
