"""When outputs are reused: while package, data and pins are the same."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from kagami.notebooks import cache
from sphinx.application import Sphinx
from sphinx.config import Config


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one module, one table, one model and one pin."""
    package = tmp_path / "code" / "chihaya"
    package.mkdir(parents=True)
    (package / "module.py").write_text("x = 1")
    (package / "poems.csv").write_text("1,あき")
    (package / "reciter.safetensors").write_bytes(b"0")
    (package / "speed.json").write_text("{}")
    (tmp_path / "constraints.txt").write_text("torch==2")
    monkeypatch.setattr(cache, "ROOT", tmp_path)
    return tmp_path


CHANGES: dict[str, Callable[[Path], object]] = {
    "code": lambda root: (root / "code" / "chihaya" / "module.py").write_text("x = 2"),
    "data": lambda root: (root / "code" / "chihaya" / "poems.csv").write_text("1,はる"),
    "model": lambda root: (root / "code" / "chihaya" / "reciter.safetensors").write_bytes(b"1"),
    "a stored result": lambda root: (root / "code" / "chihaya" / "speed.json").write_text("[]"),
    "pins": lambda root: (root / "constraints.txt").write_text("torch==3"),
    "a new module": lambda root: (root / "code" / "chihaya" / "new.py").touch(),
    "a name": lambda root: (root / "code" / "chihaya" / "module.py").rename(
        root / "code" / "chihaya" / "other.py"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_state_has_a_name_of_its_own(root: Path, change: str) -> None:
    before = cache.digest()
    assert cache.digest() == before
    CHANGES[change](root)
    assert cache.digest() != before


def test_what_no_output_rests_on_changes_nothing(root: Path) -> None:
    before = cache.digest()
    (root / "code" / "chihaya" / "poems.README.md").write_text("about the poems")
    (root / "code" / "chihaya" / "exercises.json").write_text("{}")
    assert cache.digest() == before


def test_the_cache_stands_beside_the_built_book(root: Path) -> None:
    config = Config()
    app = Mock(spec=Sphinx, outdir=root / "_build" / "html")
    cache.choose_cache(app, config)
    folder = root / "_build" / ".jupyter_cache" / cache.digest()
    assert config.nb_execution_cache_path == str(folder)
