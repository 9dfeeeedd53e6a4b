"""Passages in English, such as the list of references, say so (`lang="en"`).

A browser then reads them aloud, breaks their lines and sets their emphasis as in English.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
ENGLISH = re.compile("[A-Za-z]{2,}")


class MarkEnglish(SphinxPostTransform):
    """Mark each paragraph or term that has English words and no Japanese character."""

    default_priority = 500

    def run(self, **kwargs: object) -> None:
        for node in self.document.findall(nodes.TextElement):
            if not isinstance(node, nodes.paragraph | nodes.term):
                continue
            text = "".join(child.astext() for child in node.children if not is_formal(child))
            if ENGLISH.search(text) and not JAPANESE.search(text):
                node["classes"].append("language-en")


def is_formal(node: nodes.Node) -> bool:
    """Whether `node` is a formula or code, of no language."""
    return isinstance(node, nodes.math | nodes.literal)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_post_transform(MarkEnglish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
