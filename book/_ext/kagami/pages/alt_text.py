"""Warn of each figure without a text in Japanese for those who do not see it.

`make book` takes a warning for an error. Seen are the images of a page, those that its code
cells put out, and images and SVG drawings in HTML that a cell puts out.
"""

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from kagami.japanese.letters import LETTER

logger = logging.getLogger(__name__)


class CheckAltText(SphinxPostTransform):
    """Warn of each figure without a text in Japanese, once the outputs of cells are there."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        for node in self.document.findall(nodes.Element):
            for called in names(node):
                if not LETTER.search(called):
                    logger.warning(
                        "figure without a Japanese alt text (%r)", called, location=node, type="alt"
                    )


def names(node: nodes.Element) -> list[str]:
    """What a node that draws something calls it; nothing for all other nodes."""
    if isinstance(node, nodes.image):
        return [node.get("alt", "")]
    if isinstance(node, nodes.raw) and node["format"] == "html":
        drawings = BeautifulSoup(node.astext(), "html.parser")
        return [name(drawing) for drawing in drawings.select("img, svg:not([aria-hidden=true])")]
    return []


def name(drawing: Tag) -> str:
    """What an image or a drawing in HTML is called."""
    if drawing.name == "img":
        return str(drawing.get("alt", ""))
    return str(drawing.get("aria-label", "")) if drawing.get("role") == "img" else ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the check."""
    app.add_post_transform(CheckAltText)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
