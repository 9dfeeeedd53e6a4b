"""A claim is folded below the program that it is about: see CONTRIBUTING.md."""

import ast
from pathlib import Path

import pytest
from book_page import BOOK, code_cells

FOLDED = {"hide-input", "hide-output"}
PAGES = [path for path in sorted(BOOK.glob("*.md")) if path.stem != "index"]
"""The cover shows one, and says what it is."""


def ends_in_claim(source: str) -> bool:
    """Whether the last that a program does is to claim something."""
    last = ast.parse(source).body[-1]
    return (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and isinstance(last.value.func, ast.Name)
        and last.value.func.id == "claim"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_program_that_is_shown_ends_in_a_claim(page: Path) -> None:
    shown = [
        cell.source
        for cell in code_cells(page.stem)
        if not FOLDED & set(cell.metadata.get("tags", []))
    ]
    assert [source for source in shown if ends_in_claim(source)] == []


def test_a_claim_at_the_end_is_found() -> None:
    assert ends_in_claim('x = 1\nclaim("a", "x", x, True, "x")')
    assert not ends_in_claim('claim("a", "x", 1, True, "x")\nx = 1')
