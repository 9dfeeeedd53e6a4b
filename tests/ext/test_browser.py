"""Which browser is taken, and what is said where there is none."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kagami.browser import find, flags


def playwright(own: Path) -> Any:
    """Playwright, with a browser of its own at `own`."""
    return SimpleNamespace(chromium=SimpleNamespace(executable_path=str(own)))


def program(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.touch(mode=0o755)
    return path


def test_the_systems_browser_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    own, chrome = program(tmp_path, "own"), program(tmp_path / "bin", "google-chrome")
    assert find(playwright(own)) == str(chrome)
    chromium = program(tmp_path / "bin", "chromium")
    assert find(playwright(own)) == str(chromium)


def test_else_playwrights_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    own = program(tmp_path, "own")
    assert find(playwright(own)) == str(own)


def test_without_one_a_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="apt-get install chromium"):
        find(playwright(tmp_path / "none"))


@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True)])
def test_only_root_goes_without_the_sandbox(
    monkeypatch: pytest.MonkeyPatch, user: int, sandboxed: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--no-sandbox" not in flags()) == sandboxed
