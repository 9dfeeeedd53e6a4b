"""A small deck: its HTML, its cache, its tables, its print."""

from pathlib import Path
from unittest.mock import Mock

import deck_cache
import pytest
from bs4 import BeautifulSoup, Tag
from kagami.notebooks.cache import digest
from kagami.notebooks.repository import ROOT
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.testing.util import SphinxTestApp
from tables import table

import pdf

NAME = "3-chihaya"
DECK = """# 題と `<bos>`

一枚目

```{revealjs-notes}
:minutes: 3

一つ目の段落。

- 箇条
```

## 二枚目

```python
x = 1
```

## 三枚目

```{revealjs-notes}
:minutes: 4

話すこと。
```
"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    folder = tmp_path_factory.mktemp("slides")
    (folder / "conf.py").touch()
    (folder / f"{NAME}.md").write_text(DECK, encoding="utf-8")
    (folder / "index.md").write_text(f"# 一覧\n\n```{{toctree}}\n{NAME}\n```\n", encoding="utf-8")
    settings = {
        "extensions": ["myst_parser", "sphinx_revealjs", "deck_html", "kagami.pages.decks"],
        "language": "ja",
        "source_suffix": {".rst": "restructuredtext"},  # Sphinx would change its own for all
        "templates_path": [str(ROOT / "slides" / "_templates")],
        "html_copy_source": False,
        "revealjs_html_theme": "revealjs-simple",
    }
    app = SphinxTestApp("revealjs", srcdir=folder, confoverrides=settings, warningiserror=True)
    try:
        app.build()
    finally:
        app.cleanup()
    html = (folder / "_build" / "revealjs" / f"{NAME}.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def leaves(deck: BeautifulSoup) -> list[Tag]:
    """The slides, in order."""
    return [slide for slide in deck.select(".slides section") if not slide.select("section")]


def test_every_slide_ends_before_the_next_begins(deck: BeautifulSoup) -> None:
    titles = [slide.select("h1, h2")[0].text for slide in leaves(deck)]
    assert titles == ["題と <bos>", "二枚目", "三枚目", "本で読む"]
    last = leaves(deck)[-1]
    assert last.parent and "slides" in last.parent["class"]


def test_the_notes_of_the_speaker_keep_their_paragraphs(deck: BeautifulSoup) -> None:
    first, second = deck.select("aside.notes")
    assert [part.name for part in first.find_all(recursive=False)] == ["p", "p", "ul"]
    assert second.select("p")[-1].text == "話すこと。"


def test_the_notes_begin_with_the_minutes_of_the_class(deck: BeautifulSoup) -> None:
    notes = deck.select("aside.notes")
    assert [each.select("p")[0].text for each in notes] == ["0〜3 分", "3〜7 分"]
    assert [each["data-minutes"] for each in notes] == ["3", "4"]


def test_programs_are_coloured_without_a_script(deck: BeautifulSoup) -> None:
    assert deck.select(".highlight pre span.mi")[0].text == "1"


def test_the_title_in_the_browser_has_no_tags(deck: BeautifulSoup) -> None:
    assert deck.select("title")[0].text.startswith("題と <bos> — ")


def test_a_deck_is_run_anew_when_a_page_that_it_runs_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(program: str) -> str:
        header = (ROOT / "book" / "chihaya.md").read_text(encoding="utf-8").split("\n\n")[0]
        page = f"{header}\n\n# 題\n\n```{{code-cell}} python\n{program}\n```\n"
        (tmp_path / "page.md").write_text(page, encoding="utf-8")
        config = Config()
        app = Mock(spec=Sphinx)
        deck_cache.setup(app)
        app.connect.call_args.args[1](app, config)
        return str(config.nb_execution_cache_path)

    monkeypatch.setattr("book_page.BOOK", tmp_path)
    monkeypatch.setattr(deck_cache, "BOOK", tmp_path)
    assert chosen("x = 1") == chosen("x = 1")
    assert chosen("x = 1") != chosen("x = 2")
    monkeypatch.setattr(deck_cache, "digest", lambda: digest()[::-1])
    changed = chosen("x = 1")
    monkeypatch.undo()
    assert changed != chosen("x = 1")


def test_a_table_shows_its_cells_as_they_are() -> None:
    assert table(("名", "値"), [("<a>", 1)]).data == (
        "<table><thead><tr><th>名</th><th>値</th></tr></thead>"
        "<tbody><tr><td>&lt;a&gt;</td><td>1</td></tr></tbody></table>"
    )


def test_every_deck_is_printed_and_nothing_else(tmp_path: Path) -> None:
    page = (
        '<!DOCTYPE html><html lang="ja"><title>題</title><div class="slides"><div class="pdf-page">一首の文字'
        '<aside class="notes">下書き</aside></div></div>'
    )
    for name in ("1-a.html", "2-b.html", "index.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    pdf.print_decks(tmp_path)
    printed = {f"{deck}{kind}.pdf" for deck in ("1-a", "2-b") for kind in pdf.KINDS}
    assert {path.name for path in tmp_path.glob("*.pdf")} == printed
    assert "一首の文字" in PdfReader(tmp_path / "1-a.pdf").pages[0].extract_text()
