"""Write the pages' HTML: valid, foldable without a script, scrolling inside itself.

Each method here replaces what Sphinx or myst-nb would write; what is not here is theirs.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator

from kagami.pages.exercises import encoded, is_checked

FOLDED = {
    "source": "プログラムを開く",
    "content": "プログラムと結果を開く",
    "output": "結果を開く",
    "outputs": "結果を開く",
    "check": "確かめ方を開く",
}
LUMINOUS = b' id="luminous"'
"""In a drawing that the dark theme must not invert (chihaya.figures.style)."""


class BookTranslator(HTML5Translator):
    """Sphinx's writer with the book's own tables, images and folded passages."""

    def emptytag(self, node: nodes.Element, tagname: str, suffix: str = "\n", **given: Any) -> str:
        """A tag without an end, written as in HTML, not as in XML; an image says its size."""
        if tagname == "img" and "size" in node and "width" not in node:
            given |= dict(zip(("width", "height"), node["size"], strict=True))
        return self.starttag(node, tagname, suffix, **given)

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", *empty: bool, **given: Any
    ) -> str:
        """A tag: of a folded admonition `<details>`, of a table's head with what it is of."""
        if is_folded(node):
            tagname = "details"
        elif is_checked(node):
            given["data-check"] = encoded(node)
        elif tagname == "th" and node.astext():
            given["scope"] = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        elif tagname == "th":  # the empty corner of a table is no head
            tagname = "td"
        return super().starttag(node, tagname, suffix, *empty, **given)

    def depart_admonition(self, node: nodes.Element | None = None) -> None:
        """End of an admonition."""
        self.body.append("</details>\n" if is_folded(node) else "</div>\n")

    def visit_title(self, node: nodes.Element) -> None:
        """A heading; `<summary>` in a folded admonition."""
        if is_folded(node.parent):
            self.body.append("<summary>")
            self.context.append("</summary>\n")
        else:
            super().visit_title(node)

    def visit_table(self, node: nodes.Element) -> None:
        """A table, in a box that scrolls where the screen is too narrow for it."""
        self.body.append('<div class="scroll">')
        super().visit_table(node)

    def depart_table(self, node: nodes.Element) -> None:
        """End of a table."""
        super().depart_table(node)
        self.body.append("</div>\n")

    def depart_entry(self, node: nodes.entry) -> None:
        """End of a cell; without text it began as one that is no head."""
        end = self.context.pop()
        self.body.append(end if node.astext() else "</td>\n")

    def visit_citation(self, node: nodes.Element) -> None:
        """An entry of the list of references; docutils gives it a role no longer in use."""
        if not isinstance(node.previous_sibling(), nodes.citation):
            self.body.append('<ul class="references">\n')
        self.body.append(self.starttag(node, "li"))

    def depart_citation(self, node: nodes.Element) -> None:
        """End of an entry, and after the last of the list."""
        self.body.append("</li>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
            self.body.append("</ul>\n")

    def visit_label(self, node: nodes.Element) -> None:
        """What an entry is cited by."""
        self.body.append("<b>")

    def depart_label(self, node: nodes.Element) -> None:
        """End of a label."""
        self.body.append("</b>\n")

    def visit_image(self, node: nodes.Element) -> None:
        """An image with its size, so that the text does not jump when it comes."""
        file = Path(self.builder.srcdir, node["uri"])
        if size := get_image_size(str(file)):
            node["size"] = size
            node["loading"] = "lazy"
            if LUMINOUS in file.read_bytes():
                node["classes"].append("luminous")
        super().visit_image(node)


def is_folded(node: nodes.Node | None) -> bool:
    """Whether `node` is an admonition with the class dropdown."""
    return isinstance(node, nodes.Admonition) and "dropdown" in node["classes"]


def visit_hidden_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """The folded part of a cell; myst-nb puts paragraphs into the summary, which is not valid."""
    kind = node["prompt_show"]
    if kind == "source" and node.astext().startswith(("claim(", "glue(")):
        kind = "check"
    self.body.append(f'<details class="{kind}"><summary>{FOLDED[kind]}</summary>\n')


def depart_hidden_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """End of a folded part."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Put the book's translator in Sphinx's place."""
    app.set_translator("html", BookTranslator)
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_hidden_cell))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
