"""Link the decks of slides in slides/ and the pages that each goes with, both ways.

Used by both, the book and the slides, which stand in the folder slides/ of the published site.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from kagami.notebooks.repository import ROOT

DECKS = {
    "1-mirror-duality": ("index", "duality"),
    "2-transformer": ("attention", "transformer", "positional-encoding"),
    "3-chihaya": ("chihaya",),
    "4-answer-kimariji": ("mirror", "kimariji"),
    "5-evaluation-effectiveness": ("evaluation", "unreasonable-effectiveness"),
}
"""A deck a lecture hour, with the pages it is taken from."""


@cache
def heading(source: Path) -> str:
    """The title of a source in MyST, as HTML. Raises ExtensionError if there is none."""
    if not source.is_file():
        raise ExtensionError(f"{source.parent.name}/{source.name} is not there: see DECKS")
    parser = MarkdownIt()
    for before, token in pairwise(parser.parse(source.read_text(encoding="utf-8"))):
        if before.type == "heading_open" and before.tag == "h1":
            return parser.renderInline(token.content)
    raise ExtensionError(f"{source.parent.name}/{source.name} has no title: a line `# …`")


def add_links(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates `decks`; to that of a deck itself `deck`, to that of a page `slides`."""
    decks: list[dict[str, Any]] = [
        {
            "name": deck,
            "title": heading(ROOT / "slides" / f"{deck}.md"),
            "pages": [
                {"name": page, "title": heading(ROOT / "book" / f"{page}.md")} for page in pages
            ],
        }
        for deck, pages in DECKS.items()
    ]
    context["decks"] = decks
    context["deck"] = next((deck for deck in decks if deck["name"] == pagename), None)
    context["slides"] = [deck for deck in decks if pagename in DECKS[deck["name"]]]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the links while the pages are written."""
    app.connect("html-page-context", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
