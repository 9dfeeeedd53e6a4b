"""An assignment for nbgrader has a place and a point for each exercise of the page."""

from pathlib import Path

import nbformat
import pytest
from assignment import ROOT, assignment, main
from chihaya.exercises import load_exercises

PAGES = sorted((ROOT / "notebooks" / "student").glob("*.ipynb"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_exercise_is_worth_a_point(path: Path) -> None:
    notebook = assignment(nbformat.read(path, as_version=4))
    nbformat.validate(notebook)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    graded = {cell.metadata.nbgrader.grade_id for cell in marked if cell.metadata.nbgrader.grade}
    assert sum(cell.metadata.nbgrader.get("points", 0) for cell in marked) == len(graded)
    asked = {
        f"{name}-answer" if each["kind"] == "free" else f"{name}-test"
        for name, each in load_exercises().items()
        if each["page"] == path.stem
    }
    assert graded == asked


def test_what_gives_the_point_is_hidden_and_locked() -> None:
    notebook = assignment(nbformat.read(PAGES[0].with_name("preparation.ipynb"), as_version=4))
    cells = {cell.id: cell for cell in notebook.cells}
    test = cells["preparation-1-test"]
    assert test.metadata.nbgrader.locked
    assert not cells["preparation-1-answer"].metadata.nbgrader.locked
    begin, given, end = test.source.splitlines()[-3:]
    assert (begin, end) == ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
    with pytest.raises(AssertionError):
        exec(f"import chihaya.exercises\nanswer = 12\n{given}", {})
    exec(f"import chihaya.exercises\nanswer = 11\n{given}", {})


@pytest.mark.parametrize("page", ["", "nowhere", "poems"])
def test_a_page_without_exercises_is_told_those_that_have_some(page: str) -> None:
    with pytest.raises(SystemExit, match="練習のある頁の名を PAGE= に続けて書く：attention，"):
        main(page)
