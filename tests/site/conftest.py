from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture(autouse=True, scope="session")
def _looked_at(_built: None) -> None:
    """All tests here look at what `make site` has built."""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that nobody has used, at a width where the menu is beside the text."""
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()
