"""From a small phone to a desk: the page fits, and what is wider scrolls inside itself."""

import pytest
from engines import Window
from playwright.sync_api import Page
from site_tools import PAGES, UNFOLD

WIDTHS = (1280, 768, 390, 320)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What holds more than it is wide, unless it stands in what scrolls.
WIDER = """[...document.querySelectorAll('main *')]
  .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
  .filter(box => !box.parentElement.closest('pre, .scroll, .equation, [tabindex]'))
  .map(box => ({
    html: box.outerHTML.slice(0, 200),
    scrolls: /auto|scroll/.test(getComputedStyle(box).overflowX) && box.tabIndex === 0,
  }))"""
# Sentences in a column of a table so narrow that a line has no five characters.
NARROW = """[...document.querySelectorAll('main td')]
  .filter(cell => cell.textContent.length > 12 && cell.clientWidth < 5 * parseFloat(getComputedStyle(cell).fontSize))
  .map(cell => cell.textContent)"""
# A word or two at the head of a row, on more than one line.
BROKEN = """[...document.querySelectorAll('.brief tr > :first-child > p')]
  .filter(word => word.clientHeight > 2 * parseFloat(getComputedStyle(word).fontSize))
  .map(word => word.textContent)"""
# The page's own observer of sizes has been called.
OBSERVED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PROGRAMS = """[...document.querySelectorAll('.cell pre')]
  .filter(program => program.scrollWidth > program.clientWidth)
  .map(program => program.textContent.split('\\n').sort((a, b) => b.length - a.length)[0])"""

# Of each drawing the smallest letters, in pixels: they are outlines, drawn at a size and scaled.
LETTERS = r"""Promise.all([...document.querySelectorAll('main img')].map(async image => {
  const drawing = await (await fetch(image.src)).text()
  const [, wide] = drawing.match(/viewBox="0 0 (\S+) /)
  const sizes = [...drawing.matchAll(/id="text_\d+">\s*<!--.*?-->\s*<g[^>]*scale\((\S+) /gs)]
  return [image.alt, Math.min(...sizes.map(([, size]) => 100 * size)) * image.clientWidth / wide]
}))"""


@pytest.mark.parametrize("name", PAGES)
def test_the_page_fits_and_what_is_wider_scrolls_by_keyboard_too(window: Window, name: str) -> None:
    window.goto(name)
    window.evaluate(UNFOLD)
    for width in WIDTHS:
        window.resize(width, 800)
        assert window.evaluate("innerWidth") == width
        assert window.evaluate(TOO_WIDE) == 0, width
        assert window.evaluate(NARROW) == [], width
        assert window.evaluate(BROKEN) == [], width
        if width == WIDTHS[0]:
            assert window.evaluate(PROGRAMS) == [], "a line that does not fit on a desk"
    window.evaluate(OBSERVED)
    assert [box["html"] for box in window.evaluate(WIDER) if not box["scrolls"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_letters_in_drawings_have_eleven_pixels_on_a_phone(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})  # its bar to scroll takes no width
    page.goto(name)
    page.evaluate(UNFOLD)
    assert [each for each in page.evaluate(LETTERS) if each[1] < 11] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_line_of_a_table_is_stretched(window: Window, name: str) -> None:
    window.resize(1280, 800)
    window.goto(name)
    stretched = """[...document.querySelectorAll('td p')]
      .filter(cell => getComputedStyle(cell).textAlign === 'justify').map(cell => cell.textContent)"""
    assert window.evaluate(stretched) == []
