"""Find and start the browser that prints slides and PDF and in which tests open the book.

`python -m kagami.browser` prints where it is, or ends with one line that says how to get it.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from kagami.japanese.text_layer import mend

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What systems call it, in the order in which they are tried."""
FLAGS = ("--headless", "--disable-gpu", "--disable-background-networking")
INSTALL = (
    "no Chromium is installed: apt-get install chromium (as root on Debian), "
    "or: .venv/bin/playwright install --with-deps chromium"
)


def flags() -> list[str]:
    """How it is started; without its sandbox only for root, to whom Chromium denies it."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, "--no-sandbox"] if is_root else [*FLAGS]


def find(playwright: Playwright) -> str:
    """The path of the system's browser, or of Playwright's own. Raises FileNotFoundError."""
    own = playwright.chromium.executable_path
    found = next(filter(None, map(shutil.which, NAMES)), own)
    if not Path(found).exists():
        raise FileNotFoundError(INSTALL)
    return found


def launch(playwright: Playwright) -> Browser:
    """Start it. Raises FileNotFoundError, with how to install it, where there is none."""
    return playwright.chromium.launch(executable_path=find(playwright), args=flags())


def print_pdf(page: Page, pdf: Path) -> None:
    """Print with the outline that readers show beside the pages, and with tags for screen readers."""
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
    mend(pdf)


if __name__ == "__main__":
    with sync_playwright() as started:
        try:
            print(find(started))
        except FileNotFoundError as error:
            sys.exit(str(error))
