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
from sphinx.writers.html5 import HTML5Translator

from kagami.japanese.letters import LETTER

OPENING = re.compile("[（「『〈《(]+$")
CLOSING = re.compile("^[，。、）」』〉》：；！？,.:;)]+")
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


class LineMayEnd(nodes.Inline, nodes.Element):
    """A place without a text where a line may end."""


def write_line_may_end(self: HTML5Translator, node: LineMayEnd) -> None:
    """HTML's element for it."""
    self.body.append("<wbr>")
    raise nodes.SkipNode


class KeepPunctuation(SphinxPostTransform):
    """Put a formula and its punctuation into one span, for the style to keep on one line.

    A formula is a box to browsers, and some break on either side of a box. A number keeps its
    sign of percent by a space at which no line breaks.
    """

    default_priority = 610  # after the lines are joined
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        for formula in list(self.document.findall(nodes.math)):
            keep_together(formula)
        for text in list(self.document.findall(nodes.Text)):
            if " %" in text and not isinstance(text.parent, nodes.FixedTextElement):
                text.parent.replace(text, nodes.Text(text.replace(" %", "\u00a0%")))


def keep_together(formula: nodes.math) -> None:
    """Wrap one formula, if punctuation stands beside it."""
    parent = formula.parent
    place = parent.index(formula)
    opening, closing = take(parent, place - 1, OPENING), take(parent, place + 1, CLOSING)
    if opening or closing:
        parts = nodes.Text(opening), formula, nodes.Text(closing)
        parent[place] = nodes.inline("", "", *parts, classes=["unbroken"])


def take(parent: nodes.Element, place: int, punctuation: re.Pattern[str]) -> str:
    """Cut the punctuation off the text at that place, if there is any."""
    text = parent[place] if 0 <= place < len(parent) else None
    found = punctuation.search(text) if isinstance(text, nodes.Text) else None
    if not found:
        return ""
    rest = punctuation.sub("", found.string)
    # Between two such spans WebKit and Firefox break no line unless they are told to.
    parent[place] = nodes.Text(rest) if rest else LineMayEnd()
    return found[0]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transforms."""
    app.add_node(LineMayEnd, html=(write_line_may_end, None))
    app.add_post_transform(JoinJapaneseLines)
    app.add_post_transform(KeepPunctuation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
