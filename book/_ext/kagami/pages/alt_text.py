"""Every figure tells in Japanese what it shows to those who do not see it, or the build warns.

`make book` takes a warning for an error. Seen are the images of a page, those that its code
cells put out, and images and SVG drawings in HTML that a cell puts out.
"""

import re
from html.parser import HTMLParser

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

JAPANESE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")
logger = logging.getLogger(__name__)


class Drawings(HTMLParser):
    """What the images and drawings of a piece of HTML are called, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.names.append(given.get("alt") or "")
        elif tag == "svg" and given.get("aria-hidden") != "true":
            self.names.append((given.get("aria-label") or "") if given.get("role") == "img" else "")


class CheckAltText(SphinxPostTransform):
    """Warn of each figure without a text in Japanese, once the outputs of cells are there."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        for node in self.document.findall(nodes.Element):
            for name in names(node):
                if not JAPANESE.search(name):
                    logger.warning(
                        "figure without a Japanese alt text (%r)", name, location=node, type="alt"
                    )


def names(node: nodes.Element) -> list[str]:
    """What a node that draws something calls it; nothing for all other nodes."""
    if isinstance(node, nodes.image):
        return [node.get("alt", "")]
    if isinstance(node, nodes.raw) and node["format"] == "html":
        return Drawings(node.astext()).names
    return []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the check."""
    app.add_post_transform(CheckAltText)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
