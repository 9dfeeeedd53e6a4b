"""Print each deck as a PDF beside its HTML, a slide a page: `python slides/pdf.py FOLDER`."""

import sys
from pathlib import Path

from kagami.browser import launch, print_pdf
from playwright.sync_api import sync_playwright


def print_decks(folder: Path) -> None:
    """Print every deck in `folder` as reveal.js lays it out for print."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        for deck in sorted(folder.glob("[0-9]*.html")):
            page.goto(f"{deck.resolve().as_uri()}?print-pdf")
            page.wait_for_selector(".pdf-page")
            page.evaluate("document.fonts.ready")
            print_pdf(page, deck.with_suffix(".pdf"))
        browser.close()


if __name__ == "__main__":
    print_decks(Path(sys.argv[1]))
