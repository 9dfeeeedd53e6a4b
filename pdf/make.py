"""Print the built book as one PDF: `python pdf/make.py _build/html _build/html/kagami.pdf`.

Printed twice: Chromium knows only afterwards on which page each section came to stand.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from joined import join
from kagami.browser import launch, print_pdf
from playwright.sync_api import sync_playwright
from pypdf import PdfReader


def make(site: Path, pdf: Path) -> int:
    """Write the PDF; how many pages it has."""
    pdf.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        copy = Path(folder, "book")
        # The slides are made at the same time, and none of these is printed.
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("slides", "notebooks", "*.pdf"))
        shutil.copy(Path(__file__).with_name("pdf.css"), copy)
        print_joined(copy, {}, pdf)
        print_joined(copy, page_numbers(pdf), pdf)
    return len(PdfReader(pdf).pages)


def print_joined(site: Path, numbers: dict[str, int], pdf: Path) -> None:
    """Print the joined book with these page numbers in its contents."""
    joined = site / "joined.html"
    joined.write_text(join(site, numbers), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(joined.as_uri())
        print_pdf(page, pdf)
        browser.close()


def page_numbers(pdf: Path) -> dict[str, int]:
    """For each id that the book links to, the page on which it stands."""
    reader = PdfReader(pdf)
    return {
        name.removeprefix("/"): number + 1
        for name, destination in reader.named_destinations.items()
        if (number := reader.get_destination_page_number(destination)) is not None
    }


if __name__ == "__main__":
    site, pdf = map(Path, sys.argv[1:])
    print(f"{pdf}: {make(site, pdf)} 頁")
