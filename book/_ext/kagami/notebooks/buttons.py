"""Give each page its buttons: its notebook in Colab, in Binder and as a file, and its source.

A page with exercises has the same three for its notebook without solutions.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from kagami.notebooks.markdown import is_code_cell
from kagami.notebooks.repository import ROOT, Repository, of
from kagami.pages.collected import exercises

NOTEBOOKS = ROOT / "notebooks"
logger = logging.getLogger(__name__)


class Button(NamedTuple):
    """A link above a page; one with `download` saves a file of the site."""

    label: str
    address: str
    download: bool = False


def add_buttons(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template the rows of buttons of a page; only one that has code can be run."""
    if doctree is None:
        return
    repository = of(app.config)
    source = Path(app.env.doc2path(pagename)).name
    rows = [[Button("原稿", repository.file(f"book/{source}"))]]
    pathto = context["pathto"]
    if any(doctree.findall(is_code_cell)):
        notebook = f"notebooks/{pagename}.ipynb"
        if not (ROOT / notebook).is_file():
            logger.warning("%s is missing: run `make notebooks`", notebook, location=pagename)
        labels = ("Colab で開く", "Binder で開く", "ノートブックを保存")
        rows[0][:0] = opened(repository, notebook, pathto, labels)
        if any(exercises(doctree)):
            notebook = f"notebooks/student/{pagename}.ipynb"
            labels = ("解答なし：Colab", "解答なし：Binder", "解答なし：保存")
            rows.append(opened(repository, notebook, pathto, labels))
    context["buttons"] = rows


def opened(
    repository: Repository, notebook: str, pathto: Callable[..., str], labels: tuple[str, str, str]
) -> list[Button]:
    """The buttons that open a notebook in Colab and in Binder, and save it."""
    colab, binder, save = labels
    file = f"{repository.name}/blob/{repository.branch}/{notebook}"
    folder = f"{repository.name}/{quote(repository.branch, safe='')}"
    return [
        Button(colab, f"https://colab.research.google.com/github/{file}"),
        Button(binder, f"https://mybinder.org/v2/gh/{folder}?urlpath=lab/tree/{notebook}"),
        Button(save, pathto(notebook, resource=True), download=True),
    ]


def copy_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Put the notebooks into the site, for the buttons that save them."""
    if exception is None and app.builder.format == "html":
        hidden = shutil.ignore_patterns(".*")  # where Jupyter keeps what it saved before
        target = Path(app.outdir, "notebooks")
        shutil.copytree(NOTEBOOKS, target, ignore=hidden, dirs_exist_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the buttons to each page."""
    app.connect("html-page-context", add_buttons)
    app.connect("build-finished", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
