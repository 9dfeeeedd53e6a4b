"""The book's own theme, in book/_theme: the frame of every page, without what pages do not use."""

import os
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

THEME = Path(__file__).parents[3] / "_theme"
BESIDE = ("slides/index.html", "kagami.pdf")
"""What `make site` puts beside the book. A page leads there where it is, or is about to be (KAGAMI_WHOLE)."""
PALETTE = (THEME / "palette.css").read_text(encoding="utf-8")
OPTIONS = ("repository_url", "repository_branch", "path_to_docs")


def colour(name: str) -> str:
    """The colour of that name on light paper, as in `#25272c`."""
    found = re.search(rf"--{name}: light-dark\((#\w+),", PALETTE)
    assert found, f"palette.css has no colour {name}"
    return found[1]


def style() -> str:
    """The stylesheet of the pages, the palette and what uses it."""
    return PALETTE + (THEME / "static" / "book.css").read_text(encoding="utf-8")


def write_style(app: Sphinx, exception: Exception | None) -> None:
    """Write it where Sphinx has put the part that uses the palette."""
    if not exception and app.builder.name == "html":
        Path(app.outdir, "_static", "book.css").write_text(style(), encoding="utf-8")


def keep_options(app: Sphinx, config: Config) -> None:
    """Of what Jupyter Book hands to its own theme, keep what this one knows."""
    config.html_theme_options = {name: config.html_theme_options[name] for name in OPTIONS}


def add_contents(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates, for the menu, all pages in reading order and this page's sections."""
    env = app.env
    pages = [app.config.root_doc, *env.toctree_includes.get(app.config.root_doc, ())]
    context["chapters"] = [{"page": page, "title": env.titles[page].astext()} for page in pages]
    if doctree is not None:
        context["sections"] = [
            {"anchor": f"#{section['ids'][0]}", "title": section[0].astext()}
            for section in doctree.findall(nodes.section)
            if isinstance(section.parent.parent, nodes.document)
        ]
    context["author"] = app.config.author
    context["whole"] = bool(os.environ.get("KAGAMI_WHOLE")) or all(
        Path(app.outdir, name).exists() for name in BESIDE
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the theme `mirror`."""
    app.add_html_theme("mirror", str(THEME))
    app.connect("config-inited", keep_options)
    app.connect("html-page-context", add_contents)
    app.connect("build-finished", write_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
