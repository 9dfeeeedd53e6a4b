"""What the tests of the notebooks share."""

import os
import re
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import yaml
from jupyter_book.cli.main import main as jupyter_book
from kagami.build import arguments
from kagami.notebooks.repository import Repository

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
CONFIGURED = Repository(CONFIG["repository"]["url"], CONFIG["repository"]["branch"])


def workflow(repository: Repository) -> dict[str, str]:
    """The environment of a workflow that GitHub runs in `repository`."""
    names = {"GITHUB_REPOSITORY": repository.name, "GITHUB_REF_NAME": repository.branch}
    return {**os.environ, **names, "GITHUB_HEAD_REF": ""}


def build_book(source: Path, toc: Path, output: Path, builder: str = "html") -> Path:
    """Build a book in this process, as every command does; the folder of what it writes.

    Raises AssertionError with what was said if the build fails or warns.
    """
    said = StringIO()
    with chdir(ROOT), redirect_stdout(said), redirect_stderr(said):
        try:
            jupyter_book(arguments(builder, output, source, toc), standalone_mode=False)
        except (RuntimeError, SystemExit):
            raise AssertionError(said.getvalue()) from None
    return output / "_build"


def build_notebooks(source: Path, toc: Path, output: Path, repository: Repository) -> Path:
    """Build the notebooks of the pages in `source`; the folder that holds them."""
    with patch.dict(os.environ, workflow(repository)):
        return build_book(source, toc, output, "notebooks") / "notebooks"


def read(path: Path) -> Any:
    """The notebook in `path`; raises if it is not one."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def markdown(notebook: Any) -> str:
    """All text of a notebook."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code_cells(notebook: Any) -> list[Any]:
    """The code cells of a notebook, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def archive(notebook: Any) -> str | None:
    """Where the first cell of a notebook has the package from; None where it knows no address."""
    address = re.search(r'"(https://[^"]*\.zip)"', notebook.cells[0].source)
    return address[1] if address else None


def made_for(notebook: Any) -> Repository:
    """The repository that a notebook belongs to: where it has the package from, or our own."""
    if address := archive(notebook):
        return Repository(address.partition("/archive/")[0], CONFIGURED.branch)
    return CONFIGURED


def raw_myst(text: str) -> list[str]:
    """What of `text` only MyST understands, or a reader should not see."""
    patterns = (
        r"\{[\w:-]+\}`",  # a role
        r"^\s*(?:```|~~~)\{.*",  # a directive
        r"^\s*:::.*",
        r"\{glue:.*",
        r"^%.*",
        r"^\(.*\)=\s*$",
        r"<!--",
    )
    return [hit[0] for pattern in patterns for hit in re.finditer(pattern, text, re.MULTILINE)]
