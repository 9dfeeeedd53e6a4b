"""Who builds the same sources twice gets the same site, byte for byte."""

import shutil
from pathlib import Path

import pytest
from clean_builds import digests
from notebook_tools import build_book
from site_tools import ROOT, SITE


def test_the_built_site_is_that_of_a_second_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but running the cells is done again: the outputs are those of the first build."""
    monkeypatch.setenv("KAGAMI_WHOLE", "1")  # as `make site` does it
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / ".jupyter_cache").symlink_to(ROOT / "_build" / ".jupyter_cache")
    again = build_book(ROOT / "book", ROOT / "_toc.yml", tmp_path) / "html"
    assert digests(again) == digests(SITE)


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    copy = tmp_path / "html"
    shutil.copytree(SITE, copy)
    assert digests(copy) == digests(SITE)
    page = copy / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</html>", b"</html> "))
    (copy / "new.html").touch()
    (copy / "_static" / "book.css").unlink()
    different = dict(digests(copy).items() ^ digests(SITE).items())
    assert different.keys() == {"index.html", "new.html", "_static/book.css"}
