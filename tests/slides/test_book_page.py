from pathlib import Path

import book_page
import pytest

SOURCE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A page

```{code-cell} python
x = 3
print("said")
```

```{code-cell} python
---
mystnb:
  figure:
    name: fig-square
tags: [hide-input]
---
side = x
side**2
```

```{code-cell} python
---
tags: [hide-cell]
---
raise RuntimeError("a solution")
```
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> book_page.Page:
    (tmp_path / "small.md").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(book_page, "BOOK", tmp_path)
    return book_page.Page("small")


def test_a_figure_is_the_last_value_of_its_cell(page: book_page.Page) -> None:
    assert page.figures == {"fig-square": 9}


def test_variables_of_the_page_are_there(page: book_page.Page) -> None:
    assert (page["x"], page["side"]) == (3, 3)


def test_what_a_page_prints_is_not_printed_on_a_slide(
    page: book_page.Page, capsys: pytest.CaptureFixture[str]
) -> None:
    book_page.Page("small")
    assert capsys.readouterr().out == ""


def test_solutions_are_left_out(page: book_page.Page) -> None:
    assert [cell.source for cell in book_page.code_cells("small")] == [
        'x = 3\nprint("said")',
        "side = x\nside**2",
    ]


def test_a_cell_that_ends_with_a_statement_has_no_value() -> None:
    assert book_page.run("x = 1", {}) is None
