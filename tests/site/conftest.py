from collections.abc import Iterator

import pytest
from kagami.site.server import serve
from playwright.sync_api import Browser, Page
from site_tools import SITE


@pytest.fixture(autouse=True, scope="session")
def _built() -> None:
    """The tests look at what `make book` has built."""
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: make book", pytrace=False)


@pytest.fixture(scope="session")
def address(_built: None) -> Iterator[str]:
    """Where the built site is served."""
    with serve(SITE) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that nobody has used, at a width where the menu is beside the text."""
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()
