"""Long experiments: what takes a page too long is computed once, and its result comes with the package.

An experiment NAME is a module here whose `run` computes it, and NAME.json beside it holds what came
out, with machine and date. `make experiments` computes it again. What it rests on is read from its
imports: once one of these files does something else, the result is stale and no page shows it.
"""

import ast
import datetime
import hashlib
import json
import os
import platform
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import torch

HERE = Path(__file__).parent
PACKAGE = HERE.parent
LEDGER = "claims-"
"""What the name of a page's stored claims begins with."""
DATA = {"poems.py": "poems.csv", "shipped.py": "reciter.safetensors"}
"""What a module reads from the package."""

CELL = re.compile(r"^```\{code-cell\}.*\n(?:---\n(?:.*\n)*?---\n)?((?:.*\n)*?)```$", re.MULTILINE)
"""A code cell of a page, without its options."""


class StaleError(RuntimeError):
    """A stored result that what it rests on would no longer give."""


class Stored(NamedTuple):
    """What an experiment gave, and where and when."""

    result: Any
    machine: str
    date: str

    def __str__(self) -> str:
        """In one line, for under a figure."""
        return f"保存した結果：{self.date}，{self.machine}"


def stored(name: str) -> Stored:
    """The stored result of an experiment. Raises StaleError if it is no longer one.

    No file that it rests on can be joined by another unless it changes itself.
    """
    file = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    changed = [
        key for key, told in file["rests_on"].items() if _digest(PACKAGE / key) not in ("", told)
    ]
    if changed:
        raise StaleError(
            f"{name}.json は古い（{'，'.join(changed)} が変わった）。"
            f"{file['command']} で計算し直してほしい。"
        )
    return Stored(file["result"], file["machine"], file["date"])


def renew(name: str) -> None:
    """Compute an experiment and store what came out. That may take long."""
    result = import_module(f"{__name__}.{name}").run()
    store(name, result, HERE / f"{name}.py", "make experiments")


def store(name: str, result: object, source: Path, command: str) -> None:
    """Store what the program `source` gave, a module or a page, and the command that renews it."""
    rests_on: dict[str, str] = {}
    _follow(source, rests_on)
    file = {
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "command": command,
        "rests_on": dict(sorted(rests_on.items())),
        "result": result,
    }
    text = json.dumps(file, ensure_ascii=False, indent=1)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def ledgers() -> dict[str, dict[str, Any]]:
    """Of each page that claims something its `title` and `claims`, and under which seeds these held."""
    found = sorted(path.stem for path in HERE.glob(f"{LEDGER}*.json"))
    return {name.removeprefix(LEDGER): stored(name).result for name in found}


def names() -> list[str]:
    """All experiments of the package; the ledgers of claims and the bench are no modules here."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem != "__init__")


def machine() -> str:
    """Processor, cores and PyTorch, as far as they can be told."""
    processor = platform.processor() or platform.machine()
    if (told := Path("/proc/cpuinfo")).exists():
        lines = told.read_text(encoding="utf-8").splitlines()
        processor = next((each.split(": ")[1] for each in lines if "model name" in each), processor)
    return f"{processor}，{os.cpu_count()} コア，{torch.get_num_threads()} スレッド，PyTorch {torch.__version__}"


def _follow(path: Path, found: dict[str, str]) -> None:
    """Add a program and all of the package, or beside it, that it imports: file and digest."""
    key = Path(os.path.relpath(path, PACKAGE)).as_posix()
    if key in found or key.startswith("figures/"):  # a drawing changes no result
        return
    found[key] = _digest(path)
    if data := DATA.get(key):
        found[data] = _digest(PACKAGE / data)
    for imported in _imported(path):
        if imported.exists():
            _follow(imported, found)


def _imported(path: Path) -> Iterator[Path]:
    """The files that may be meant by `from ..training import train`, `import chihaya`, ..."""
    for node in ast.walk(ast.parse(_program(path))):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield PACKAGE.parent.joinpath(*each.name.split("."), "__init__.py")
        elif isinstance(node, ast.ImportFrom):
            folders = (
                [path.parents[node.level - 1]] if node.level else [path.parent, PACKAGE.parent]
            )
            for folder in folders:
                base = folder.joinpath(*(node.module or "").split("."))
                yield base.with_suffix(".py")
                yield from (base / f"{each.name}.py" for each in node.names)


def _digest(path: Path) -> str:
    """Of a program a digest of what it does, of data one of its bytes.

    Of a program that is not there, as `bench/` where only the package is installed, nothing.
    """
    if not path.exists():
        return ""
    program = path.suffix in {".py", ".md"}
    data = _meant(ast.parse(_program(path))).encode() if program else path.read_bytes()
    return hashlib.sha256(data).hexdigest()[:16]


def _program(path: Path) -> str:
    """The text of a module, or the code cells of a page."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(CELL.findall(text)) if path.suffix == ".md" else text


def _meant(node: object) -> str:
    """The syntax tree without comments and docstrings, the same for every version of Python."""
    if isinstance(node, list):
        return "[" + ",".join(_meant(each) for each in node if not _is_remark(each)) + "]"
    if isinstance(node, ast.AST):
        fields = ((name, value) for name, value in ast.iter_fields(node) if value not in (None, []))
        return f"{type(node).__name__}({','.join(f'{name}={_meant(value)}' for name, value in fields)})"
    return repr(node)


def _is_remark(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
