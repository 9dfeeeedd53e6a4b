"""Mark passages in English, such as the list of references, with `lang="en"`.

A browser then reads them aloud, breaks their lines and sets their emphasis as in English.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from kagami.japanese.letters import LETTER

PASSAGE = re.compile(r"([A-Za-z][\w'’-]*(?:[,:]? [A-Za-z][\w'’-]*){3,})")
"""Four words or more: a title or a quotation, not a term."""
FORMAL = (nodes.math, nodes.math_block, nodes.literal, nodes.literal_block, nodes.raw)
ENGLISH = re.compile("[A-Za-z]{2,}")


class MarkEnglish(SphinxPostTransform):
    """Mark each paragraph or term that has English words and no Japanese letter."""

    default_priority = 500

    def run(self, **kwargs: object) -> None:
        for node in self.document.findall(nodes.TextElement):
            if not isinstance(node, nodes.paragraph | nodes.term):
                continue
            text = "".join(child.astext() for child in node.children if not is_formal(child))
            if ENGLISH.search(text) and not LETTER.search(text):
                node["classes"].append("language-en")


class MarkEnglishWithinJapanese(SphinxPostTransform):
    """Mark each run of English words in a text that has Japanese, too."""

    default_priority = 510
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if PASSAGE.search(text) and not is_told(text.parent):
                parts = enumerate(PASSAGE.split(text))
                text.parent.replace(
                    text, [marked(part) if i % 2 else nodes.Text(part) for i, part in parts]
                )


def marked(passage: str) -> nodes.inline:
    """A passage in English."""
    return nodes.inline("", passage, classes=["language-en"])


def is_told(node: nodes.Element | None) -> bool:
    """Whether `node` is in English as a whole, or formal, or within such a node."""
    while node is not None:
        if "language-en" in node.get("classes", ()) or isinstance(node, FORMAL):
            return True
        node = node.parent
    return False


def is_formal(node: nodes.Node) -> bool:
    """Whether `node` is a formula or code, of no language."""
    return isinstance(node, FORMAL)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_post_transform(MarkEnglish)
    app.add_post_transform(MarkEnglishWithinJapanese)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
