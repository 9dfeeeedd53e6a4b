"""The frame of every page: what it leads to is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from kagami.site.theme import BESIDE
from theme_tools import CONFIG, EXTENSIONS

PDF = "kagami.pdf"


def test_a_book_alone_does_not_lead_to_what_is_not_beside_it(build: Callable[..., str]) -> None:
    assert PDF not in build("# 題\n\n文。", *EXTENSIONS, **CONFIG)


def test_a_book_leads_to_what_stands_beside_it(build: Callable[..., str], tmp_path: Path) -> None:
    for name in BESIDE:
        file = tmp_path / "_build" / "html" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert PDF in build("# 題\n\n文。", *EXTENSIONS, **CONFIG)


def test_a_book_leads_to_what_is_about_to_be_beside_it(
    build: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAGAMI_WHOLE", "1")
    assert PDF in build("# 題\n\n文。", *EXTENSIONS, **CONFIG)
