"""HTML of the decks, where sphinx-revealjs would write other than the book does."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinx_revealjs._ext.notes import revealjs_notes
from sphinx_revealjs.writers import RevealjsSlideTranslator


class DeckTranslator(RevealjsSlideTranslator):  # type: ignore[misc]  # it has no types
    """Programs are coloured when the deck is built, as in the book, and not by a script."""

    visit_literal_block = HTML5Translator.visit_literal_block
    depart_literal_block = HTML5Translator.depart_literal_block

    def depart_document(self, node: nodes.Element) -> None:
        """End of a deck: the last slide ends, too, so that the template can add one."""
        self.body.append("</section>\n" * self._nest_step)
        super().depart_document(node)


def visit_notes(self: HTML5Translator, node: nodes.Element) -> None:
    """What the speaker alone sees, with its paragraphs."""
    self.body.append('<aside class="notes">\n')


def depart_notes(self: HTML5Translator, node: nodes.Element) -> None:
    """End of the notes."""
    self.body.append("</aside>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Put these in the place of those of sphinx-revealjs."""
    app.set_translator("revealjs", DeckTranslator)
    app.add_node(revealjs_notes, override=True, revealjs=(visit_notes, depart_notes))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
