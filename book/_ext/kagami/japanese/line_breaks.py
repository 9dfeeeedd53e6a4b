r"""Drop the line breaks of the source beside Japanese characters, which would show as spaces.

MyST gives each break as a text node of its own, "\\n", which a browser shows as a space.
It stays one between Japanese letters and Latin letters or digits: there the book's style
has a space. Formulas and code get a class for the side a kanji or kana stands on, and from
the theme a gap.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from kagami.japanese.letters import LETTER

PUNCTUATION = re.compile("[\u3000-〿・！-～―…]")


class JoinJapaneseLines(SphinxPostTransform):
    """Drop the breaks beside Japanese, once references and glued values have their text."""

    default_priority = 600

    def run(self, **kwargs: object) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if text == "\n":
                join(text)


def join(line_break: nodes.Text) -> None:
    """Drop one break, or leave it, by what stands before and after it."""
    parent = line_break.parent
    siblings = [node for node in parent.children if node.astext()]
    place = next(i for i, node in enumerate(siblings) if node is line_break)
    if not 0 < place < len(siblings) - 1:
        return
    before, after = siblings[place - 1], siblings[place + 1]
    kinds = kind(before, -1), kind(after, 0)
    if "punctuation" not in kinds and ("latin" in kinds or kinds == ("formal", "formal")):
        return
    if isinstance(before, nodes.Element) and kinds == ("formal", "letter"):
        before["classes"].append("gap-after")
    if isinstance(after, nodes.Element) and kinds == ("letter", "formal"):
        after["classes"].append("gap-before")
    parent.children = [child for child in parent.children if child is not line_break]


def kind(node: nodes.Node, end: int) -> str:
    """What a reader sees at one end of `node`, its first (0) or its last (-1) character."""
    if isinstance(node, nodes.math | nodes.literal):
        return "formal"
    character = node.astext()[end]
    if LETTER.match(character):
        return "letter"
    return "punctuation" if PUNCTUATION.match(character) else "latin"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_post_transform(JoinJapaneseLines)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
