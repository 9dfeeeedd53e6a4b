"""Which cells nbval does not compare."""

from exempt import NOTEBOOKS, is_exempt
from nbformat.v4 import new_code_cell


def test_a_cell_is_exempt_by_its_tag() -> None:
    assert is_exempt(new_code_cell("x", metadata={"tags": ["nbval-ignore-output"]}))
    assert not is_exempt(new_code_cell("x", metadata={"tags": ["hide-input"]}))
    assert not is_exempt(new_code_cell("x"))


def test_the_notebooks_are_where_they_are_looked_for() -> None:
    assert list(NOTEBOOKS.glob("*.ipynb"))
