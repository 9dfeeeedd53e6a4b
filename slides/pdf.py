"""Print each deck beside its HTML: `python slides/pdf.py FOLDER`.

DECK.pdf has a slide a page, DECK-notes.pdf the notes of the speaker below each slide, DECK-handout.pdf
three slides a page with lines to write on.
"""

import sys
from pathlib import Path

from kagami.browser import launch, print_pdf
from playwright.sync_api import sync_playwright

KINDS = ("", "-notes", "-handout")
LAY_OUT = """kind => {
  const sheets = [...document.querySelectorAll(".pdf-page")].map(slide => {
    const sheet = document.createElement("div");
    sheet.className = `sheet${kind}`;
    sheet.append(slide, ...slide.querySelectorAll(".notes"));
    return sheet;
  });
  document.querySelector(".slides").replaceChildren(...sheets);
  document.body.style.cssText = "";
}"""
"""Put each slide, as reveal.js has laid it out for print, with its notes on what slides.css calls a sheet."""
PAPER = "@page { size: A4; margin: 14mm 16mm }"


def print_decks(folder: Path) -> None:
    """Print every deck in `folder`, in every kind."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        for deck in sorted(folder.glob("[0-9]*.html")):
            for kind in KINDS:
                page.goto(f"{deck.resolve().as_uri()}?print-pdf")
                page.wait_for_selector(".pdf-page")
                page.evaluate("document.fonts.ready")
                if kind:
                    page.evaluate(LAY_OUT, kind)
                    page.add_style_tag(content=PAPER)
                print_pdf(page, deck.with_name(f"{deck.stem}{kind}.pdf"))
        browser.close()


if __name__ == "__main__":
    print_decks(Path(sys.argv[1]))
