"""Make an assignment of nbgrader from a page's notebook without solutions.

    make assignment PAGE=preparation

Each number and each choice is worth a point, which chihaya.exercises gives; each free answer one,
which a person gives. What students get is grading/course/release/PAGE/PAGE.ipynb.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

ROOT = Path(__file__).parents[1]
COURSE = ROOT / "grading" / "course"
TEST = """\
# 採点に使うセル。消したり書き換えたりしても，採点のときに元に戻る。
### BEGIN HIDDEN TESTS
assert chihaya.exercises.check("{name}", answer)
### END HIDDEN TESTS"""


def assignment(student: Any) -> Any:
    """The notebook with the marks of nbgrader, and a cell that gives a point after each answer."""
    cells = []
    for cell in student.cells:
        cells.append(cell)
        name, found, _ = cell.id.rpartition("-answer")
        if found and cell.cell_type == "markdown":
            mark(cell, grade=True, solution=True, points=1)
        elif found:
            mark(cell, grade=False, solution=True)
            test = new_code_cell(TEST.format(name=name), id=f"{name}-test")
            cells.append(mark(test, grade=True, solution=False, locked=True, points=1))
    student.cells = cells
    return student


def mark(cell: Any, locked: bool = False, **marks: object) -> Any:
    """What nbgrader knows a cell by."""
    cell.metadata["nbgrader"] = {
        **{"schema_version": 3, "grade_id": cell.id, "task": False, "locked": locked},
        **marks,
    }
    return cell


def main(page: str) -> None:
    """Write the assignment of a page, and let nbgrader make of it what students get."""
    student = ROOT / "notebooks" / "student" / f"{page}.ipynb"
    if not student.is_file():
        names = "，".join(sorted(path.stem for path in student.parent.glob("*.ipynb")))
        sys.exit(f"練習のある頁の名を PAGE= に続けて書く：{names}")
    source = COURSE / "source" / page / student.name
    source.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(assignment(nbformat.read(student, as_version=4)), source)
    # Nothing is cleared: there are no solutions in it.
    options = ["--create", "--force", "--ClearSolutions.enabled=False"]
    command = ["nbgrader", "generate_assignment", page, *options]
    subprocess.run(command, cwd=COURSE, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:2] or [""])
