"""Write the HTML of the decks where sphinx-revealjs would write other than the book does."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from sphinx_revealjs.writers import RevealjsSlideTranslator


class DeckTranslator(RevealjsSlideTranslator):  # type: ignore[misc]  # it has no types
    """Programs are coloured when the deck is built, as in the book, and not by a script."""

    visit_literal_block = HTML5Translator.visit_literal_block
    depart_literal_block = HTML5Translator.depart_literal_block

    def depart_document(self, node: nodes.Element) -> None:
        """End of a deck: the last slide ends, too, so that the template can add one.

        How many sections are open, sphinx-revealjs keeps to itself; there is no public name.
        """
        self.body.append("</section>\n" * self._nest_step)
        super().depart_document(node)


class Notes(nodes.General, nodes.Element):
    """What the speaker alone sees, with its paragraphs."""


class NotesDirective(SphinxDirective):
    """The notes of a slide, begun by the minutes of the class in which it is shown.

    Those of sphinx-revealjs are one line without paragraphs.
    """

    has_content = True
    option_spec: ClassVar = {"minutes": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """The notes; `minutes` is how long the slide is shown."""
        notes = Notes("", *self.parse_content_to_nodes(), minutes=self.options.get("minutes"))
        if notes["minutes"]:
            begin = self.env.temp_data.get("minutes", 0)
            self.env.temp_data["minutes"] = end = begin + notes["minutes"]
            notes.insert(0, nodes.paragraph("", nodes.Text(f"{begin}〜{end} 分")))
        return [notes]


def visit_notes(self: HTML5Translator, node: Notes) -> None:
    """Begin what reveal.js takes for notes; by `data-minutes` it tells who is late (page.html)."""
    minutes = {"data-minutes": node["minutes"]} if node["minutes"] else {}
    self.body.append(self.starttag(node, "aside", CLASS="notes", **minutes))


def depart_notes(self: HTML5Translator, node: Notes) -> None:
    """End of the notes."""
    self.body.append("</aside>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Put these in the place of those of sphinx-revealjs."""
    app.set_translator("revealjs", DeckTranslator)
    app.add_node(Notes, revealjs=(visit_notes, depart_notes))
    app.add_directive("revealjs-notes", NotesDirective, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
