"""A page without its solutions, and with a place to answer after each exercise: for students.

The outputs are left out, too: a notebook of 20 to 60 KB, not of up to 1.5 MB, comes through a bad
network, and nothing of a solution can be seen in it. What a page puts out stands on the page, and
in its other notebook; here it is the student who runs it.
"""

from itertools import takewhile
from typing import Any

from docutils import nodes
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from kagami.pages.collected import exercises, solution

TOLD = (
    "解答を除いたノートブックである。解答と，プログラムの出力とは，[この本の頁]({page})にある。"
    "答えのセルの `...` を自分の答えに替えて実行すると，正しいかどうかが分かる。"
)
ASKED = {"number": "数を書く", "choice": "選択肢の番号を書く"}
ANSWER = """\
import chihaya.exercises

answer = ...  # {asked}
right = chihaya.exercises.check("{name}", answer)"""


class answer(nodes.Element):  # noqa: N801  # as docutils names nodes
    """Where an exercise is answered: its `check`, and whether it takes a `program`."""


def leave_out_solutions(document: nodes.document) -> None:
    """Put a place to answer after each exercise, and take its solution away."""
    for exercise in list(exercises(document)):
        program = False
        if solved := solution(document, exercise):
            cells = cells_after(solved)
            for node in (solved, *cells):
                node.parent.remove(node)
            program = bool(cells)
        place = answer(check=exercise["check"], program=program)
        exercise.parent.insert(exercise.parent.index(exercise) + 1, place)


def cells_after(solved: nodes.Element) -> list[Any]:
    """The folded code cells that follow a solution: its program."""
    after = solved.parent[solved.parent.index(solved) + 1 :]
    return list(takewhile(lambda node: "tag_hide-cell" in node.get("classes", []), after))


def without_solutions(page: str) -> NotebookNode:
    """What the reader of such a notebook is told first; `page` is the address of the whole."""
    return new_markdown_cell(TOLD.format(page=page), id="without-solutions")


def not_run(cell: NotebookNode) -> NotebookNode:
    """A cell as before it was run."""
    if cell.cell_type == "code":
        cell.update(outputs=[], execution_count=None)
    return cell


def answer_cells(place: answer) -> list[NotebookNode]:
    """Cells to answer in: a program where the solution has one, then a value or words."""
    name, kind = place["check"]["name"], place["check"].get("kind", "free")
    cells: list[Any] = []
    if place["program"]:
        cells.append(new_code_cell("# ここで試す", id=f"{name}-program"))
    if kind == "free":
        cells.append(new_markdown_cell("（ここに答えを書く）", id=f"{name}-answer"))
    else:
        source = ANSWER.format(asked=ASKED[kind], name=name)
        cells.append(new_code_cell(source, id=f"{name}-answer"))
    return cells
