"""The links between decks and pages, and the titles that they show."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from kagami.notebooks.repository import ROOT
from kagami.pages import decks
from kagami.pages.decks import DECKS, heading
from sphinx.errors import ExtensionError


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\nname: x\n---\n\n(sec)=\n# 題\n\n文。", "題"),
        ("```python\n# a comment\n```\n\n# 題", "題"),
        ("# `<bos>` と *A & B*", "<code>&lt;bos&gt;</code> と <em>A &amp; B</em>"),
    ],
)
def test_the_title_of_a_source_is_its_first_heading(
    tmp_path: Path, source: str, expected: str
) -> None:
    (tmp_path / "deck.md").write_text(source, encoding="utf-8")
    assert heading(tmp_path / "deck.md") == expected


@pytest.mark.parametrize("source", ["", "文。", "## 節", "```python\n# a comment\n```"])
def test_a_source_without_a_title_is_named(tmp_path: Path, source: str) -> None:
    (tmp_path / "deck.md").write_text(source, encoding="utf-8")
    with pytest.raises(ExtensionError, match=r"deck\.md has no title"):
        heading(tmp_path / "deck.md")


def test_a_deck_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtensionError, match=r"slides/6-none\.md is not there"):
        heading(tmp_path / "slides" / "6-none.md")


def test_a_page_links_to_its_decks(
    page: Callable[..., BeautifulSoup], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAGAMI_WHOLE", "1")
    links = page("# 題\n\n文。").select("main > .deck a")
    taken = [deck for deck, pages in DECKS.items() if "index" in pages]
    assert [link["href"] for link in links] == [f"slides/{deck}.html" for deck in taken]
    titles = [heading(ROOT / "slides" / f"{deck}.md") for deck in taken]
    assert [link.text for link in links] == [f"スライド「{title}」" for title in titles]


def test_homework_is_told_with_the_numbers_of_the_pages(
    page: Callable[..., BeautifulSoup], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_now = {"deck": {"duality": ("duality-2", "duality-5"), "attention": ("attention-1",)}}
    monkeypatch.setattr(decks, "HOMEWORK", set_now)
    told = page("# 題\n\n{homework}`deck`").select("p")[0]
    assert told.text == "「双対性」の練習 2，5，「注意」の練習 1"
    assert [link["href"] for link in told.select("a")] == [
        "duality.html#exercise-duality-2",
        "duality.html#exercise-duality-5",
        "attention.html#exercise-attention-1",
    ]


def test_homework_that_is_not_there_is_named(
    page: Callable[..., BeautifulSoup], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decks, "HOMEWORK", {"deck": {"duality": ("duality-99",)}})
    with pytest.raises(ExtensionError, match=r"duality\.md has no exercise duality-99"):
        page("# 題\n\n{homework}`deck`")
    with pytest.raises(ExtensionError, match=r"no deck is called none"):
        page("# 題\n\n{homework}`none`")
