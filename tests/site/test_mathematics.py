"""Formulas as every engine sets them: in lines of Japanese, and in columns."""

import pytest
from engines import Window
from site_tools import PAGES, SITE, UNFOLD

WITH_FORMULAS = [name for name in PAGES if "<math" in (SITE / name).read_text(encoding="utf-8")]
# What stands first in its line and may not.
LINE_STARTS = """[...document.querySelectorAll('math')].filter(formula => {
  const after = formula.nextSibling
  if (after?.nodeType !== Node.TEXT_NODE || !/^[，。、）」]/.test(after.data)) return false
  const range = document.createRange()
  range.setStart(after, 0)
  range.setEnd(after, 1)
  return range.getBoundingClientRect().left < formula.getBoundingClientRect().left
}).map(formula => formula.textContent + formula.nextSibling.data)"""
# Cells of aligned equations whose content reaches into that of the next.
TOUCHING = """[...document.querySelectorAll('mtd + mtd')].filter(cell => {
  const edges = (part, side) => [...part.querySelectorAll('*')].map(each => each.getBoundingClientRect()[side])
  return Math.max(...edges(cell.previousElementSibling, 'right')) > Math.min(...edges(cell, 'left')) + 1
}).map(cell => cell.previousElementSibling.textContent + cell.textContent)"""
FLAT = """[...document.querySelectorAll('mfrac')].filter(fraction => {
  const [above, below] = [...fraction.children].map(part => part.getBoundingClientRect())
  return above.bottom > below.top + 1
}).map(fraction => fraction.textContent)"""

# Roots that the text after them leaves more than half a letter to; a space is included.
AFTER_ROOTS = """[...document.querySelectorAll('p > math > msqrt:last-child')].filter(root => {
  const text = root.parentElement.nextSibling
  if (text?.nodeType !== Node.TEXT_NODE) return false
  const range = document.createRange()
  range.setStart(text, text.data.search(/\\S/))
  range.setEnd(text, range.startOffset + 1)
  const gap = range.getBoundingClientRect().left - root.lastElementChild.getBoundingClientRect().right
  return gap > parseFloat(getComputedStyle(root).fontSize) / 2
}).map(root => root.textContent)"""
# Lines of one equation nearer to each other than one and a half times the size of their letters.
CROWDED = """[...document.querySelectorAll('.tml-jot mtr + mtr')].filter(line => {
  const top = each => each.getBoundingClientRect().top
  return top(line) - top(line.previousElementSibling) < 1.5 * parseFloat(getComputedStyle(line).fontSize)
}).map(line => line.textContent)"""


@pytest.mark.parametrize("name", WITH_FORMULAS)
def test_formulas_stand_as_they_should(window: Window, name: str) -> None:
    window.goto(name)
    window.evaluate(UNFOLD)
    for width in (1280, 390, 320):
        window.resize(width, 800)
        assert window.evaluate(LINE_STARTS) == [], f"first in a line of {width} pixels"
    assert window.evaluate(TOUCHING) == []
    assert window.evaluate(FLAT) == []
    assert window.evaluate(AFTER_ROOTS) == []
    assert window.evaluate(CROWDED) == []


def test_a_table_of_symbols_fits_a_phone(window: Window) -> None:
    """A line may end between the symbols of a cell, so that their column takes no room from the others."""
    window.resize(390, 800)
    window.goto("notation.html")
    wide = """[...document.querySelectorAll('.scroll')]
      .filter(box => box.scrollWidth > box.clientWidth).map(box => box.textContent.slice(0, 40))"""
    assert window.evaluate(wide) == []
