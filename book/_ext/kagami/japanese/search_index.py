"""Write the text of the book as one small script, for a search that finds Japanese, offline.

Japanese has no spaces to cut an index at. The book is short, so the browser looks through
its text itself (_theme/static/search.js), and finds every substring, in compounds too.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

Page = tuple[str, dict[str, Any], str]


class Section(NamedTuple):
    """What can be found in a section, and the anchor to find it at."""

    anchor: str
    heading: str
    prose: str
    code: str


Texts = dict[str, list[Section]]
"""Of each page the sections, in order."""


def leave_out_stock_search(app: Sphinx) -> None:
    """Sphinx's own search, which cuts at spaces, is not built."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def add_page(
    texts: Texts,
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Keep the text of each section of a page, in the order of the page."""
    if doctree is not None:
        texts[pagename] = [
            Section(
                section["ids"][0],
                section[0].astext(),
                text(section, is_prose=True),
                text(section, is_prose=False),
            )
            for section in doctree.findall(nodes.section)
        ]
        for raw in doctree.findall(nodes.raw):
            texts[pagename] += entries(raw.astext())


def entries(html: str) -> Iterator[Section]:
    """What a program wrote as HTML with headings of its own: each of them is found at its anchor."""
    for entry in BeautifulSoup(html, "html.parser").select("[id]:has(> h3)"):
        for remark in entry(["rt", "small"]):
            remark.decompose()
        paragraphs = " ".join(each.get_text() for each in entry("p"))
        yield Section(str(entry["id"]), entry.select("h3")[0].get_text(), paragraphs, "")


def text(section: nodes.section, *, is_prose: bool) -> str:
    """What a section itself, its subsections apart, has as prose, or as code and its output."""
    blocks = [block for block in section.children if not isinstance(block, nodes.section)]
    words = " ".join(passage(block, is_prose=is_prose) for block in blocks[1:])
    return " ".join(words.split())


def passage(node: nodes.Node, *, is_prose: bool) -> str:
    """The prose, or the code, of a block; blocks within it are parted by a space.

    A solution is not to be come upon by a search: it gives away what is asked.
    """
    if isinstance(node, nodes.raw) or is_solution(node):
        return ""
    if isinstance(node, nodes.literal_block):
        return "" if is_prose else node.astext()
    if isinstance(node, nodes.TextElement | nodes.image):
        return words(node) if is_prose else ""
    return " ".join(passage(child, is_prose=is_prose) for child in node.children)


def is_solution(node: nodes.Node) -> bool:
    """Whether the block answers an exercise (kagami.pages.exercises), in words or as a folded program."""
    if not isinstance(node, nodes.Element):
        return False
    return node.get("hide_mode") == "all" or any(
        name.startswith("solution-") for name in node["ids"]
    )


def words(node: nodes.Node) -> str:
    """The text of a paragraph, or in place of an image; a long formula is left out."""
    if isinstance(node, nodes.math | nodes.math_block):
        return "…" if "\\" in node.astext() else node.astext()
    if isinstance(node, nodes.Text | nodes.image):
        return node.astext()
    return "".join(words(child) for child in node.children)


def add_search_page(texts: Texts, app: Sphinx) -> Iterator[Page]:
    """The page that takes a query, and the script it looks through."""
    pages = [
        {"url": app.builder.get_target_uri(page), "name": page, "sections": sections}
        for page, sections in sorted(texts.items())
    ]
    script = f"const book = {json.dumps(pages, ensure_ascii=False, separators=(',', ':'))}\n"
    Path(app.outdir, "search-index.js").write_text(script, encoding="utf-8")
    yield "search", {"title": "検索", "description": "この本の全文から言葉を探す。"}, "search.html"


def setup(app: Sphinx) -> dict[str, bool]:
    """Put this search in the place of Sphinx's."""
    texts: Texts = {}
    app.connect("builder-inited", leave_out_stock_search)
    app.connect("html-page-context", partial(add_page, texts))
    app.connect("html-collect-pages", partial(add_search_page, texts))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
