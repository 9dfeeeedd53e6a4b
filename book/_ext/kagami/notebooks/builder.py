"""The builder `notebooks`: each page that has code as a notebook, <outdir>/<page>.ipynb.

One with exercises also without their solutions, <outdir>/student/<page>.ipynb; and what checks the
answers to all exercises, <outdir>/exercises.json.

Code and outputs are those of the one execution whose outputs the HTML pages show, glued
values included, so that nbval compares the numbers of the text, too. A notebook can be
opened alone, in Colab or from a download: it installs the package, and its links are whole.
"""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from jupyter_cache import get_cache
from myst_nb.sphinx_ import NbMetadataCollector
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from kagami.notebooks.first_cell import first_cell
from kagami.notebooks.markdown import NotebookTranslator, is_code_cell
from kagami.notebooks.repository import of
from kagami.notebooks.student import (
    answer,
    answer_cells,
    leave_out_solutions,
    not_run,
    without_solutions,
)
from kagami.pages.collected import collect

logger = logging.getLogger(__name__)

# Without the version of Python: the files are the same whatever minor release made them.
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What folds a cell in JupyterLab ("jupyter") and in Colab ("cellView").
FOLDED: dict[str, dict[str, Any]] = {
    "hide-input": {"cellView": "form", "jupyter": {"source_hidden": True}},
    "hide-output": {"jupyter": {"outputs_hidden": True}},
    "hide-cell": {"cellView": "form", "jupyter": {"source_hidden": True, "outputs_hidden": True}},
}


class KeepOnlyCaptions(SphinxPostTransform):
    """Of a code cell's outputs only the captions are text; the rest stays in the cell."""

    default_priority = 3  # before myst-nb chooses one form of each output
    builders = ("notebooks",)

    def run(self, **kwargs: object) -> None:
        for cell in list(self.document.findall(is_code_cell)):
            assert isinstance(cell, nodes.container)
            figures = list(cell.findall(nodes.figure))
            for figure in figures:
                figure[:] = [part for part in figure if not isinstance(part, nodes.container)]
            cell[:] = figures


class NotebookBuilder(Builder):
    """Every page anew at every build: it takes no time beside the execution."""

    name = "notebooks"
    format = "notebook"
    epilog = "The notebooks are in %(outdir)s."
    default_translator_class = NotebookTranslator

    def get_outdated_docs(self) -> Iterator[str]:
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The published page: a notebook opened alone has no other beside it."""
        return f"{self.config.html_baseurl.rstrip('/')}/{docname}.html"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to)

    def source(self, path: str) -> str:
        """The address of an image of the book."""
        return path if "://" in path else of(self.config).file(f"book/{path}", form="raw")

    def prepare_writing(self, docnames: set[str]) -> None:
        """Learn where each cited work itself can be read."""
        domain: Any = self.env.get_domain("cite")
        self.cited = {
            f"{self.get_target_uri(citation.bibliography_key.docname)}#{citation.citation_id}": url
            for citation in domain.citations
            if (url := published_at(citation.entry.fields))
        }
        self.exercises: dict[str, dict[str, Any]] = {}
        Path(self.outdir, "student").mkdir(exist_ok=True)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.exercises[docname] = collect(doctree, docname, partial(self.written, doctree))
        if not NbMetadataCollector.get_exec_data(self.env, docname):
            return
        executed = self.executed(docname).cells
        install = first_cell(of(self.config).archive())
        form = {"cellView": "form"}
        first = new_code_cell(install, id=f"{docname}-00", execution_count=1, metadata=form)
        self.write_notebook(f"{docname}.ipynb", [first, *self.cells(docname, doctree, executed)])
        if self.exercises[docname]:
            leave_out_solutions(doctree)
            told = without_solutions(self.get_target_uri(docname))
            cells = [first, told, *self.cells(docname, doctree, executed)]
            self.write_notebook(f"student/{docname}.ipynb", map(not_run, cells))

    def cells(
        self, docname: str, doctree: nodes.document, executed: list[nbformat.NotebookNode]
    ) -> list[nbformat.NotebookNode]:
        """The cells of a page, after the first."""
        translator = self.create_translator(doctree, self)
        assert isinstance(translator, NotebookTranslator)
        doctree.walkabout(translator)
        cells = []
        for number, content in enumerate(translator.cells, start=1):
            name = f"{docname}-{number:02}"
            if isinstance(content, answer):
                cells += answer_cells(content)
            elif isinstance(content, str):
                cells.append(new_markdown_cell(content, id=name))
            else:
                cells.append(code_cell(executed[content], name))
        return cells

    def write_notebook(self, path: str, cells: Iterable[nbformat.NotebookNode]) -> None:
        """Write a notebook in the folder of what is built."""
        notebook = new_notebook(cells=list(cells), metadata=KERNEL)
        nbformat.write(notebook, Path(self.outdir) / path)

    def written(self, document: nodes.document, parts: list[nodes.Node]) -> str:
        """Some nodes of a page as Markdown."""
        translator = self.create_translator(document, self)
        assert isinstance(translator, NotebookTranslator)
        for part in parts:
            part.walkabout(translator)
        translator.end_markdown()
        return "\n\n".join(map(str, translator.cells))

    def finish(self) -> None:
        """Write what checks the answers, in reading order."""
        root = self.config.root_doc
        pages = [root, *self.env.toctree_includes.get(root, ())]
        found: dict[str, Any] = {}
        for page in pages:
            if twice := found.keys() & self.exercises[page]:
                logger.warning("exercises of another page are called %s, too", twice, location=page)
            found |= self.exercises[page]
        text = json.dumps(found, ensure_ascii=False, indent=1)
        Path(self.outdir, "exercises.json").write_text(f"{text}\n", encoding="utf-8")

    def executed(self, docname: str) -> nbformat.NotebookNode:
        """The page as myst-nb has read it, with the outputs that its cache has for these cells."""
        path = Path(self.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"
        cache = get_cache(self.config.nb_execution_cache_path)
        return cache.merge_match_into_notebook(nbformat.read(path, as_version=4))[1]


def code_cell(executed: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """The cell with its tags, folded where it is folded on the page, counted after the first."""
    tags = executed.metadata.get("tags", [])
    metadata: dict[str, Any] = {"tags": tags} if tags else {}
    for tag in tags:
        metadata |= FOLDED.get(tag, {})
    for output in executed.outputs:
        if "execution_count" in output:
            output.execution_count += 1
    return new_code_cell(
        executed.source,
        id=name,
        execution_count=executed.execution_count + 1,
        metadata=metadata,
        outputs=joined(executed.outputs),
    )


def joined(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """The outputs of a cell, with all that it printed to a stream as one, as in pages/streams.py."""
    kept: list[nbformat.NotebookNode] = []
    streams: dict[str, nbformat.NotebookNode] = {}
    for output in outputs:
        if output.output_type == "stream" and output.name in streams:
            streams[output.name].text += output.text
        else:
            kept.append(output)
            if output.output_type == "stream":
                streams[output.name] = output
    return kept


def published_at(fields: dict[str, str]) -> str | None:
    """The address of a work, by the most lasting name that its entry gives."""
    if "doi" in fields:
        return f"https://doi.org/{fields['doi']}"
    if "eprint" in fields:
        return f"https://arxiv.org/abs/{fields['eprint']}"
    return fields.get("url")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the builder, and the settings of the translator that it builds on."""
    app.setup_extension("sphinx_markdown_builder")
    app.add_builder(NotebookBuilder)
    app.add_post_transform(KeepOnlyCaptions)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
