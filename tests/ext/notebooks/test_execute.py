"""Pages that are run before they are read."""

import os
from pathlib import Path

import pytest
from sphinx.errors import SphinxError
from sphinx.testing.util import SphinxTestApp

HEADER = """---
orphan: true
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# 頁

```{code-cell} python
"""
WAIT = """from pathlib import Path
import time
Path("{own}").touch()
for _ in range(600):
    if Path("{other}").exists():
        break
    time.sleep(0.1)
print("会えた" if Path("{other}").exists() else "会えない")
"""


def build(folder: Path, **cells: str) -> Path:
    """Pages of one cell each, built with the cache that the book has; where they are."""
    for name, cell in cells.items():
        (folder / f"{name}.md").write_text(f"{HEADER}{cell}\n```\n", encoding="utf-8")
    (folder / "conf.py").touch()
    settings = {
        "extensions": ["myst_nb", "kagami.notebooks.execute"],
        "nb_execution_mode": "cache",
        "nb_execution_cache_path": str(folder / "cache"),
        "nb_execution_raise_on_error": True,
        "nb_execution_timeout": 120,
        "root_doc": "a",
        "exclude_patterns": ["_build", "cache"],
    }
    app = SphinxTestApp("html", srcdir=folder, confoverrides=settings, warningiserror=True)
    try:
        app.build()
    finally:
        app.cleanup()
    return folder / "_build" / "html"


@pytest.mark.skipif(os.cpu_count() == 1, reason="on one core pages run one after the other")
def test_pages_run_side_by_side(tmp_path: Path) -> None:
    """Each of two pages goes on only when the other has begun."""
    here = WAIT.format(own="a.begun", other="b.begun")
    there = WAIT.format(own="b.begun", other="a.begun")
    site = build(tmp_path, a=here, b=there)
    for page in ("a", "b"):
        assert "会えた" in (site / f"{page}.html").read_text(encoding="utf-8")


def test_a_page_runs_once(tmp_path: Path) -> None:
    count = 'with open("runs", "a") as runs:\n    _ = runs.write("run ")'
    build(tmp_path, a=count)
    build(tmp_path, a=count)
    assert (tmp_path / "runs").read_text() == "run "


def test_a_page_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(SphinxError, match=r"a\.md"):
        build(tmp_path, a="1 / 0", b="1")
