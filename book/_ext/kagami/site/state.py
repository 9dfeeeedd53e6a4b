"""What a build took and what it was made with: two directives for the page on the book's state.

Their tables are written into the page at the very end, and stand nowhere else, the search
included: of two builds from the same sources, that page alone may differ.
"""

import platform
from collections.abc import Iterable, Sequence
from html import escape
from importlib.metadata import version
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from kagami.notebooks.repository import ROOT, git, of

PACKAGES = (
    "torch",
    "numpy",
    "matplotlib",
    "matplotlib-fontja",
    "rapidfuzz",
    "safetensors",
    "Sphinx",
    "jupyter-book",
    "myst-nb",
    "ipykernel",
)
STATUS = {True: "終わりまで動いた", False: "途中で止まった"}
logger = logging.getLogger(__name__)


class ExecutionTimes(nodes.General, nodes.Element):
    """The place of the table of each page's execution."""


class Versions(nodes.General, nodes.Element):
    """The place of the table of what the book was made with."""


class ExecutionTimesDirective(Directive):
    """How long each page's programs took, and whether they came to their end."""

    def run(self) -> list[nodes.Node]:
        return [ExecutionTimes()]


class VersionsDirective(Directive):
    """The revision of the sources, and the versions of Python and the packages."""

    def run(self) -> list[nodes.Node]:
        return [Versions()]


def executions(app: Sphinx) -> list[tuple[str, float, bool]]:
    """Of each page with code, in reading order: its name, seconds of its execution, success."""
    env: Any = app.env
    pages = [app.config.root_doc, *env.toctree_includes.get(app.config.root_doc, ())]
    found = [(page, NbMetadataCollector.get_exec_data(env, page)) for page in pages]
    return [(page, data["runtime"], data["succeeded"]) for page, data in found if data]


def revision() -> str:
    """The commit or release the book was made from, by git."""
    return git(ROOT, "describe", "--tags", "--always", "--dirty=（変更あり）") or "不明"


def address(app: Sphinx) -> str:
    """Where the sources are; in so many words where they are nowhere yet."""
    repository = of(app.config)
    if repository.placeholder:
        return "まだない（_config.yml のアドレスは仮のもので，Colab と Binder のボタンはどこも開かない）"
    return repository.url


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """HTML of a table whose cells are HTML."""
    titles = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return (
        f'<div class="scroll"><table>\n<thead><tr>{titles}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table></div>\n"
    )


def visit_times(self: HTML5Translator, node: ExecutionTimes) -> None:
    """One row a page, and their sum."""
    app = self.builder.app
    rows = [
        (
            f'<a href="{app.builder.get_relative_uri(self.builder.current_docname, page)}">'
            f"{escape(app.env.titles[page].astext())}</a>",
            f"{seconds:.1f}\u00a0秒",
            STATUS[succeeded],
        )
        for page, seconds, succeeded in executions(app)
    ]
    total = sum(seconds for _, seconds, _ in executions(app))
    self.body.append(
        table(("頁", "時間", "結果"), [*rows, ("合わせて", f"{total:.1f}\u00a0秒", "")])
    )
    raise nodes.SkipNode


def visit_versions(self: HTML5Translator, node: Versions) -> None:
    """Two rows for the sources, one for Python, one a package."""
    rows = [
        ("リポジトリ", escape(address(self.builder.app))),
        ("原稿の版", escape(revision())),
        ("Python", platform.python_version()),
        *((package, version(package)) for package in PACKAGES),
    ]
    self.body.append(table(("名", "版"), rows))
    raise nodes.SkipNode


def print_times(app: Sphinx, exception: Exception | None) -> None:
    """Print what each page costs at the end of a build, the dearest first."""
    if exception is None and app.builder.format == "html":
        for page, seconds, _ in sorted(executions(app), key=lambda row: -row[1]):
            logger.info("%6.1f s  %s", seconds, page)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives and what writes them."""
    app.add_node(ExecutionTimes, html=(visit_times, None))
    app.add_node(Versions, html=(visit_versions, None))
    app.add_directive("execution-times", ExecutionTimesDirective)
    app.add_directive("versions", VersionsDirective)
    app.connect("build-finished", print_times)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
