"""Link the decks of slides in slides/ and the pages that each goes with, both ways.

Used by both, the book and the slides, which stand in the folder slides/ of the published site.
In both, the role {homework}`DECK` tells what is set for the next class.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole

from kagami.notebooks.repository import ROOT

DECKS = {
    "1-mirror-duality": ("index", "duality"),
    "2-transformer": ("attention", "transformer", "positional-encoding"),
    "3-chihaya": ("chihaya",),
    "4-answer-kimariji": ("mirror", "kimariji"),
    "5-evaluation-effectiveness": ("evaluation", "unreasonable-effectiveness"),
    "6-one-class": ("duality", "attention", "chihaya", "mirror"),
}
"""A deck a class, with the pages it is taken from; the last is for those who have one class only."""

HOMEWORK: dict[str, dict[str, tuple[str, ...]]] = {
    "1-mirror-duality": {"duality": ("duality-1", "duality-2", "duality-5")},
    "2-transformer": {
        "attention": ("attention-1", "attention-4"),
        "transformer": ("transformer-1",),
        "positional-encoding": ("pe-2", "pe-8"),
    },
    "3-chihaya": {"chihaya": ("chihaya-2", "chihaya-3")},
    "4-answer-kimariji": {
        "mirror": ("mirror-1", "mirror-2"),
        "kimariji": ("kimariji-1",),
        "own-pairs": ("own-pairs-1",),
    },
    "5-evaluation-effectiveness": {
        "evaluation": ("evaluation-1", "evaluation-2"),
        "unreasonable-effectiveness": ("works-2",),
    },
    "6-one-class": {"chihaya": ("chihaya-2",), "mirror": ("mirror-2",)},
}
"""What each class sets for homework: exercises of pages, by their names."""


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


@cache
def exercises(source: Path) -> tuple[str, ...]:
    """The names of the exercises of a page, in its order: what they are numbered by."""
    return tuple(re.findall(r"^`{3,}\{exercise\} (\S+)", source.read_text("utf-8"), re.MULTILINE))


class Homework(SphinxRole):
    """The exercises that a class sets, with their numbers, as links."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """「題」の練習 1，2 for each page."""
        if self.text not in HOMEWORK:
            raise ExtensionError(f"no deck is called {self.text}: see HOMEWORK")
        folder = "../" if self.env.docname in DECKS else ""
        parts: list[nodes.Node] = []
        for page, names in HOMEWORK[self.text].items():
            source = ROOT / "book" / f"{page}.md"
            parts.append(nodes.Text(f"{'，' if parts else ''}「{heading(source)}」の練習 "))
            for place, name in enumerate(names):
                if name not in exercises(source):
                    raise ExtensionError(f"{page}.md has no exercise {name}: see HOMEWORK")
                number = str(exercises(source).index(name) + 1)
                address = f"{folder}{page}.html#exercise-{name}"
                parts += [nodes.Text("，")] if place else []
                parts.append(nodes.reference(number, number, refuri=address))
        return parts, []


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
    """Add the links while the pages are written, and the role."""
    app.add_role("homework", Homework())
    app.connect("html-page-context", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
