"""Say of each page what the web asks for: its address and description, and of all the site map.

The templates write it into the pages (_theme/layout.html, _theme/404.html).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx.application import Sphinx

from kagami.site.theme import THEME, style

LONGEST_DESCRIPTION = 120
"""Characters of Japanese that search engines show."""


def add_metadata(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template the page's address and, of a page of the lecture, its description."""
    context["site"] = app.config.html_baseurl
    context["canonical"] = address(app, pagename)
    if doctree is not None:
        context["description"] = describe(doctree)
    if pagename == "404":
        # It is served at whatever address was not found, so it has its links in full and
        # style and icon in itself; the faces, which it would have to fetch, are left out.
        context["pathto"] = lambda page, resource=False: (
            urljoin(app.config.html_baseurl, page) if resource else address(app, page)
        )
        context["style"] = re.sub("@font-face {.*?}\n", "", style())
        context["icon"] = (THEME / "static" / "favicon.svg").read_text(encoding="utf-8")


def address(app: Sphinx, page: str) -> str:
    """The full address of a page; the cover is that of the folder."""
    base: str = app.config.html_baseurl
    return base if page == app.config.root_doc else urljoin(base, f"{page}.html")


def describe(doctree: nodes.document) -> str:
    """The first sentences of a page, as many as are shown; nothing of a page without any.

    Where the first paragraph ends by announcing a list, the list stands in for that sentence.
    """
    opening = next(doctree.findall(is_told), None)
    if opening is None:
        return ""
    sentences = sentences_of(opening)
    following = opening.next_node(descend=False, siblings=True)
    if isinstance(opening, nodes.paragraph) and isinstance(following, nodes.bullet_list):
        sentences[-1:] = sentences_of(following)
    description = ""
    for sentence in sentences:
        if description and len(description + sentence) > LONGEST_DESCRIPTION:
            break
        description += sentence
    return description


def is_told(node: nodes.Node) -> bool:
    """Whether `node` is a paragraph or a list of the page's own, not one within a quotation."""
    return (
        isinstance(node, nodes.paragraph | nodes.bullet_list | nodes.enumerated_list)
        and isinstance(node.parent, nodes.section | nodes.document)
        and bool(node.astext())
    )


def sentences_of(block: nodes.Node) -> list[str]:
    """The sentences of a paragraph; of a list, each item as one."""
    if isinstance(block, nodes.paragraph):
        return re.findall("[^。]+。?", block.astext())
    return [f"{item.astext().rstrip('。')}。" for item in block.children]


def add_not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page that GitHub Pages shows for an address that is not there."""
    yield "404", {"title": "頁が見つからない"}, "404.html"


def write_site_map(app: Sphinx, exception: Exception | None) -> None:
    """`sitemap.xml`, the pages in reading order, and `robots.txt`, which says where it is."""
    if exception or app.builder.name != "html":
        return
    root = app.config.root_doc
    addresses = [address(app, page) for page in [root, *app.env.toctree_includes.get(root, ())]]
    entries = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in addresses)
    site_map = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    robots = (
        f"User-agent: *\nAllow: /\nSitemap: {urljoin(app.config.html_baseurl, 'sitemap.xml')}\n"
    )
    Path(app.outdir, "sitemap.xml").write_text(site_map, encoding="utf-8")
    Path(app.outdir, "robots.txt").write_text(robots, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Describe each page as it is written, the whole site at the end."""
    app.connect("html-page-context", add_metadata)
    app.connect("html-collect-pages", add_not_found_page)
    app.connect("build-finished", write_site_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
