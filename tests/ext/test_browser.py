"""Which browser is taken, and what is said where there is none."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kagami.browser import FLAGS, INSTALL, NAMES, find, flags


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for, empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def install(path: Path) -> str:
    path.touch(mode=0o755)
    return str(path)


def playwright(own: Path) -> Any:
    """Playwright, as far as it is asked where its own browser would be."""
    return SimpleNamespace(chromium=SimpleNamespace(executable_path=str(own)))


def test_the_systems_browsers_come_in_their_order_and_before_playwrights(system: Path) -> None:
    started = playwright(system / "own")
    own = install(system / "own")
    assert find(started) == own
    for name in reversed(NAMES):
        path = install(system / name)
        assert find(started) == path


def test_where_there_is_none_it_is_said_how_to_get_one(system: Path) -> None:
    with pytest.raises(FileNotFoundError, match="apt-get install chromium") as error:
        find(playwright(system / "own"))
    assert str(error.value) == INSTALL
    assert "\n" not in INSTALL


def test_only_root_goes_without_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert flags() == [*FLAGS]
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert flags() == [*FLAGS, "--no-sandbox"]


def test_where_nobody_is_root_the_sandbox_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "geteuid", raising=False)
    assert flags() == [*FLAGS]
