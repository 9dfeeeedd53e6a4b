"""Choose the cache of a deck: its own for each state of package, data, pins, pages' programs.

A deck runs cells of the book's pages and the programs beside it (book_page.py), of which
jupyter-cache does not know.
"""

import hashlib
from pathlib import Path

import book_page
from book_page import BOOK, code_cells
from kagami.notebooks.cache import digest
from kagami.notebooks.repository import ROOT
from sphinx.application import Sphinx
from sphinx.config import Config


def choose_cache(app: Sphinx, config: Config) -> None:
    """Point myst-nb at the cache of this state, beside those of the book."""
    state = hashlib.sha256(digest().encode())
    for program in sorted(Path(book_page.__file__).parent.glob("*.py")):
        state.update(program.read_bytes())
    for page in sorted(BOOK.glob("*.md")):
        for cell in code_cells(page.stem):
            state.update(f"{page.name}\0{cell.source}\0".encode())
    folder = ROOT / "_build" / ".jupyter_cache" / f"slides-{state.hexdigest()[:16]}"
    config.nb_execution_cache_path = str(folder)


def setup(app: Sphinx) -> dict[str, bool]:
    """Choose the cache before myst-nb reads its configuration."""
    app.connect("config-inited", choose_cache, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
