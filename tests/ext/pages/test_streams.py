"""What a cell prints, in the pieces in which a kernel may hand it over."""

from collections.abc import Callable

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

Build = Callable[..., str]


def printed(build: Build, *outputs: nbformat.NotebookNode) -> list[str]:
    """The blocks of output on a page whose one cell has these."""
    cell = new_code_cell("print()", execution_count=1, outputs=list(outputs))
    language = {"language_info": {"name": "python", "pygments_lexer": "python"}}
    notebook = new_notebook(cells=[new_markdown_cell("# 題"), cell], metadata=language)
    html = build(
        nbformat.writes(notebook),
        "myst_nb",
        "kagami.pages.streams",
        name="index.ipynb",
        nb_execution_mode="off",
    )
    blocks = BeautifulSoup(html, "html.parser").select(".cell_output pre")
    return [block.text for block in blocks]


def piece(text: str, stream: str = "stdout") -> nbformat.NotebookNode:
    return new_output("stream", name=stream, text=text)


@pytest.mark.parametrize("texts", [("一行目\n二\n三\n",), ("一", "行目\n二", "\n三\n")])
def test_pieces_are_joined_with_nothing_between(build: Build, texts: tuple[str, ...]) -> None:
    assert printed(build, *map(piece, texts)) == ["一行目\n二\n三\n"]


def test_what_is_shown_between_does_not_part_what_is_printed(build: Build) -> None:
    shown = new_output("display_data", data={"text/plain": "値"})
    assert printed(build, piece("前\n"), shown, piece("後\n")) == ["前\n後\n", "値\n"]


def test_two_streams_stay_apart(build: Build) -> None:
    outputs = (piece("甲\n"), piece("乙\n", "stderr"), piece("丙\n"))
    assert printed(build, *outputs) == ["甲\n丙\n", "乙\n"]
