"""The way of the data has one direction: a module imports only from those above it."""

import ast
import code
import sysconfig
from pathlib import Path

import chihaya
import pytest

PACKAGE = Path(chihaya.__file__).parent
ORDER = (
    "glue",
    "seeds",
    "claims",
    "pairs",
    "corpora",
    "poems",
    "vocabulary",
    "transformer",
    "recital",
    "storage",
    "checkpoint",
    "processes",
    "training",
    "shipped",
    "report",
    "mirror",
    "knockout",
    "experiments",
    "figures",
    "cli",
    "__main__",
)
ALONE = {"binomial", "entropy", "exercises", "polyhedra", "power_law"}
"""Beside the way: what a page computes without poem or model, and its exercises. They import nothing of the package."""
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def imported(source: str, parents: tuple[str, ...] = ("chihaya",)) -> set[str]:
    """Full names of what a module of the package `parents` imports, modules or what is in them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = parents[: len(parents) + 1 - node.level] if node.level else ()
            base = ".".join((*start, *filter(None, [node.module])))
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def modules(names: set[str]) -> set[str]:
    """The package's own modules among these names."""
    return {name.split(".")[1] for name in names if name.startswith("chihaya.")}


def own(path: Path) -> tuple[str, set[str]]:
    """A file's place in the order, and all that it imports."""
    parents = ("chihaya", *path.relative_to(PACKAGE).parts[:-1])
    module = (*parents, path.stem)[1]
    return module, imported(path.read_text(encoding="utf-8"), parents)


def test_imports_are_seen_in_every_form() -> None:
    source = """
import torch.nn, chihaya.cli
from . import poems as _poems
from .storage import load_reciter
from chihaya.training import train
from chihaya import recital
def later():
    from ..vocabulary import Vocabulary
"""
    assert modules(imported(source, ("chihaya", "figures"))) == {
        "cli",
        "figures",
        "training",
        "recital",
        "vocabulary",
    }
    assert modules(imported("from . import poems\nfrom .storage import x")) == {"poems", "storage"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_module_imports_only_from_those_above_it(path: Path) -> None:
    module, names = own(path)
    if module in ALONE:
        above = set()
    elif module == "figures":  # a figure takes the style that all share
        above = {*ORDER[: ORDER.index("cli")], *ALONE}
    else:
        above = set(ORDER[: ORDER.index(module)])
    assert modules(names) <= above


def test_the_transformer_knows_no_poem() -> None:
    assert not modules(own(PACKAGE / "transformer.py")[1])


def test_the_transformer_is_pure() -> None:
    source = (PACKAGE / "transformer.py").read_text(encoding="utf-8")
    roots = {name.split(".")[0] for name in imported(source)}
    assert roots <= {"collections", "dataclasses", "math", "torch", "typing"}
    called = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert not called & {"print", "open"}


def test_a_poem_knows_no_tensor() -> None:
    assert not {name for name in own(PACKAGE / "poems.py")[1] if name.startswith("torch")}


def test_figures_draw_nothing_behind_the_scenes() -> None:
    """pyplot keeps every figure, and a notebook shows it once more."""
    for path in (PACKAGE / "figures").rglob("*.py"):
        assert not {name for name in own(path)[1] if "pyplot" in name}, path


def test_the_source_root_does_not_shadow_the_standard_library() -> None:
    assert not (PACKAGE.parent / "__init__.py").exists()
    assert Path(code.__file__).parent == Path(sysconfig.get_path("stdlib"))
