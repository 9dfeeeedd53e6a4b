"""A stored result is shown only while it is what the experiment would give."""

import json
from pathlib import Path

import pytest
from chihaya import experiments
from chihaya.experiments import StaleError, store, stored

STORED = sorted(path.stem for path in experiments.HERE.glob("*.json"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one experiment, and of what it rests on."""
    folder = tmp_path / "code" / "chihaya"
    (folder / "experiments").mkdir(parents=True)
    (folder / "experiments" / "count.py").write_text(
        "from ..poems import load\n\ndef run():\n    return load() + 1\n"
    )
    (folder / "poems.py").write_text(
        '"""Poems."""\nfrom . import pairs\n\ndef load():\n    return 1  # one\n'
    )
    (folder / "pairs.py").write_text("x = 1\n")
    (folder / "other.py").write_text("y = 1\n")
    (folder / "poems.csv").write_text("1\n")
    monkeypatch.setattr(experiments, "PACKAGE", folder)
    monkeypatch.setattr(experiments, "HERE", folder / "experiments")
    store("count", {"poems": 2}, folder / "experiments" / "count.py", "make experiments")
    return folder


def test_what_was_stored_comes_back_with_where_and_when(package: Path) -> None:
    found = stored("count")
    assert found.result == {"poems": 2}
    assert found.machine in str(found)
    assert found.date in str(found)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("experiments/count.py", "from ..poems import load\n\ndef run():\n    return load() + 2\n"),
        ("poems.py", "from . import pairs\n\ndef load():\n    return 2\n"),
        ("pairs.py", "x = 2\n"),
        ("poems.csv", "2\n"),
    ],
)
def test_it_is_stale_once_something_that_it_rests_on_does_something_else(
    package: Path, file: str, text: str
) -> None:
    (package / file).write_text(text)
    with pytest.raises(StaleError, match=f"{file}.*make experiments"):
        stored("count")


def test_remarks_and_other_modules_may_change(package: Path) -> None:
    (package / "poems.py").write_text(
        '"""All the poems."""\nfrom . import pairs\n\n\ndef load():\n    """One."""\n    return 1\n'
    )
    (package / "other.py").write_text("y = 2\n")
    assert stored("count").result == {"poems": 2}


def test_a_program_that_is_not_installed_is_not_asked_for(package: Path) -> None:
    bench = package.parents[1] / "bench"
    bench.mkdir()
    (bench / "peers.py").write_text("z = 1\n")
    (bench / "speed.py").write_text("from chihaya.pairs import x\nfrom peers import z\n")
    store("speed", 1, bench / "speed.py", "make bench")
    rests_on = json.loads((package / "experiments" / "speed.json").read_text())["rests_on"]
    assert list(rests_on) == ["../../bench/peers.py", "../../bench/speed.py", "pairs.py"]
    (bench / "peers.py").write_text("z = 2\n")
    with pytest.raises(StaleError, match="make bench"):
        stored("speed")
    (bench / "peers.py").unlink()
    assert stored("speed").result == 1


PAGE = """# Head

```{code-cell} python
---
tags: [hide-input]
---
import chihaya
from chihaya.figures import tree
```

Prose.

```{code-cell} python
print(chihaya.load())
```
"""


def test_of_a_page_the_code_counts_and_no_drawing(package: Path) -> None:
    page = package.parents[1] / "page.md"
    page.write_text(PAGE)
    (package / "__init__.py").write_text("from .poems import load\n")
    (package / "figures").mkdir()
    (package / "figures" / "tree.py").write_text("width = 1\n")
    store("page", 1, page, "make claims")
    page.write_text(PAGE.replace("Prose.", "Better prose.").replace("hide-input", "hide-cell"))
    (package / "figures" / "tree.py").write_text("width = 2\n")
    assert stored("page").result == 1
    page.write_text(PAGE.replace("load())", "load() + 1)"))
    with pytest.raises(StaleError, match=r"page\.md.*make claims"):
        stored("page")
    page.write_text(PAGE)
    (package / "pairs.py").write_text("x = 3\n")
    with pytest.raises(StaleError, match=r"pairs\.py"):
        stored("page")


@pytest.mark.parametrize("name", STORED)
def test_no_stored_result_is_stale(name: str) -> None:
    assert stored(name).result
