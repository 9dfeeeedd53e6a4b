"""The frame of every page: what it leads to is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from kagami.site.theme import BESIDE

Page = Callable[..., BeautifulSoup]


def links(page: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in page.select("a[href]")}


def test_a_book_alone_does_not_lead_to_what_is_not_beside_it(page: Page) -> None:
    assert "kagami.pdf" not in links(page("# 題\n\n文。"))


def test_a_book_leads_to_what_stands_beside_it(page: Page, tmp_path: Path) -> None:
    for name in BESIDE:
        file = tmp_path / "_build" / "html" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert "kagami.pdf" in links(page("# 題\n\n文。"))


def test_a_book_leads_to_what_is_about_to_be_beside_it(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAGAMI_WHOLE", "1")
    assert "kagami.pdf" in links(page("# 題\n\n文。"))
