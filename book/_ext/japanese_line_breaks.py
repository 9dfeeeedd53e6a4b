r"""A line break in the source between two Japanese characters is not a space.

MyST gives each break as a text node of its own, "\\n", which a browser shows as a space.
Inline code and mathematics count as Japanese where a Japanese character stands on the
other side: the theme sets the spacing around them.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef「」（）…―]")


class JoinJapaneseLines(SphinxTransform):
    """Drop the breaks in a paragraph that have a Japanese neighbour on both sides."""

    default_priority = 800

    def apply(self, **kwargs: object) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if text == "\n" and self._is_japanese(text, -1) and self._is_japanese(text, 1):
                siblings = text.parent.children  # remove() would take the first "\n" of them
                text.parent.children = [child for child in siblings if child is not text]

    def _is_japanese(self, text: nodes.Text, side: int) -> bool:
        neighbours = [node for node in text.parent.children if node.astext()]
        index = next(i for i, node in enumerate(neighbours) if node is text) + side
        if not 0 <= index < len(neighbours):
            return False
        neighbour = neighbours[index]
        if isinstance(neighbour, nodes.math | nodes.literal):
            return True
        return bool(JAPANESE.match(neighbour.astext()[0 if side > 0 else -1]))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_transform(JoinJapaneseLines)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
