"""How the book's pages are made: the extensions of Sphinx that it is built with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what compares notebooks runs where there is no Sphinx
    from sphinx.application import Sphinx

EXTENSIONS = (
    "japanese.english_passages",
    "japanese.faces",
    "japanese.source_lines",
    "japanese.search_index",
    "notebooks.builder",
    "notebooks.cache",
    "notebooks.execute",
    "notebooks.buttons",
    "notebooks.repository",
    "pages.alt_text",
    "pages.bibliography",
    "pages.decks",
    "pages.equations",
    "pages.exercises",
    "pages.gift",
    "pages.html5",
    "pages.live",
    "pages.section_times",
    "pages.streams",
    "site.card",
    "site.state",
    "site.theme",
    "site.web",
)


def setup(app: "Sphinx") -> dict[str, bool]:
    """Set up all of them; each can be used alone, too, as the slides do with some."""
    for extension in EXTENSIONS:
        app.setup_extension(f"kagami.{extension}")
    return {"parallel_read_safe": True, "parallel_write_safe": False}
