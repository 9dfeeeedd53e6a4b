from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

Build = Callable[..., str]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A page in MyST, built with some of the book's extensions: its HTML."""

    def build(source: str, *extensions: str, **config: object) -> str:
        (tmp_path / "index.md").write_text(source, encoding="utf-8")
        (tmp_path / "conf.py").touch()
        settings = {"extensions": extensions, "language": "ja", **config}
        app = SphinxTestApp("html", srcdir=tmp_path, confoverrides=settings, warningiserror=True)
        try:
            app.build()
        finally:
            app.cleanup()
        return (tmp_path / "_build" / "html" / "index.html").read_text(encoding="utf-8")

    return build
