"""A PDF of each deck, beside its HTML, a slide a page: python slides/pdf.py FOLDER."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
INSTALL = "PDF を作るには Chromium が要る：.venv/bin/playwright install chromium"


def print_decks(folder: Path) -> None:
    """Print every deck in `folder` as reveal.js lays it out for print."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        found = next(filter(None, map(shutil.which, BROWSERS)), chromium.executable_path)
        if not Path(found).exists():
            sys.exit(INSTALL)
        browser = chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page()
        for deck in sorted(folder.glob("[0-9]*.html")):
            page.goto(f"{deck.resolve().as_uri()}?print-pdf")
            page.wait_for_selector(".pdf-page")
            page.evaluate("document.fonts.ready")
            page.pdf(
                path=deck.with_suffix(".pdf"),
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
            )
        browser.close()


if __name__ == "__main__":
    print_decks(Path(sys.argv[1]))
