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


@pytest.mark.parametrize("name", WITH_FORMULAS)
def test_formulas_stand_as_they_should(window: Window, name: str) -> None:
    window.goto(name)
    window.evaluate(UNFOLD)
    for width in (1280, 390, 320):
        window.resize(width, 800)
        assert window.evaluate(LINE_STARTS) == [], f"first in a line of {width} pixels"
    assert window.evaluate(TOUCHING) == []
    assert window.evaluate(FLAT) == []
