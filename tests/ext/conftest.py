from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

Build = Callable[..., str]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A page in MyST, built with some of the book's extensions: its HTML."""

    def build(source: str, *extensions: str, name: str = "index.md", **config: object) -> str:
        (tmp_path / name).write_text(source, encoding="utf-8")
        (tmp_path / "conf.py").touch()
        suffixes = {".rst": "restructuredtext"}  # Sphinx would change its own for all later builds
        settings = {
            "extensions": extensions,
            "language": "ja",
            "source_suffix": suffixes,
            **config,
        }
        app = SphinxTestApp("html", srcdir=tmp_path, confoverrides=settings, warningiserror=True)
        try:
            app.build()
        finally:
            app.cleanup()
        return (tmp_path / "_build" / "html" / "index.html").read_text(encoding="utf-8")

    return build


THEMED = (
    "myst_parser",
    "kagami.japanese.search_index",
    "kagami.pages.decks",
    "kagami.site.theme",
    "kagami.site.web",
    "kagami.site.card",
)
WEB = "https://someone.github.io/book/"
OPTIONS = {
    "repository_url": "https://github.com/Someone/book",
    "repository_branch": "main",
    "path_to_docs": "book",
}


@pytest.fixture
def page(build: Build) -> Callable[..., BeautifulSoup]:
    """A page in the book's theme."""

    def page(source: str, *extensions: str, **config: object) -> BeautifulSoup:
        themed = {
            "html_baseurl": WEB,
            "html_theme": "mirror",
            "html_theme_options": OPTIONS,
            "html_use_index": False,
        }
        html = build(source, *THEMED, *extensions, **themed, **config)
        return BeautifulSoup(html, "html.parser")

    return page
