"""Run a page of the book in a deck: the same cells, so that slides and pages cannot disagree."""

import ast
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import jupytext
from matplotlib.figure import Figure

BOOK = Path(__file__).parents[1] / "book"


class Page:
    """The cells of book/<name>.md, run here in their order, without the solutions of exercises.

    `page["x"]` is the variable x of the page, `page.figures["fig-x"]` what the cell of that
    figure draws. What the page glues, the deck can say with {glue:text}, too.
    """

    def __init__(self, name: str) -> None:
        self.names: dict[str, Any] = {"__name__": f"book_page.{name}"}
        self.figures: dict[str, Any] = {}
        for cell in code_cells(name):
            with redirect_stdout(StringIO()):
                value = run(cell.source, self.names)
            label = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
            if label:
                self.figures[label] = value

    def __getitem__(self, name: str) -> Any:
        return self.names[name]


def resize(figure: Figure, width: float, height: float, *, squeezed: bool = False) -> Figure:
    """A figure at another size in inches: its letters stay as they are, and are larger on a slide.

    A diagram is `squeezed` to fit; what has square cells keeps them.
    """
    figure.set_size_inches(width, height)
    if squeezed:
        for axes in figure.axes:
            axes.set_aspect("auto")
    return figure


def code_cells(name: str) -> list[Any]:
    """The code cells of a page, without those that are folded with their outputs: solutions."""
    cells = jupytext.read(BOOK / f"{name}.md").cells
    return [
        cell
        for cell in cells
        if cell.cell_type == "code" and "hide-cell" not in cell.metadata.get("tags", [])
    ]


def run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as IPython does; the value of its last expression, if it ends with one."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    return None
