"""Run each notebook as Colab would: alone, with the basics, and without the package.

A first environment holds what Colab has. Each notebook gets another that sees the first
and nothing more, and an empty folder; its first cell installs the package, from a wheel
that is built here. The outputs are compared with the stored ones.

    python checks/colab.py [NOTEBOOK ...]
"""

import shutil
import sys
import time
from pathlib import Path

from bare import AUDIT, NOTEBOOKS, ROOT, compare, create, install, packages, pip

BASICS = ("ipykernel", "matplotlib", "numpy", "torch", "nbval")
"""What Colab has of what the notebooks need, and what compares their outputs."""
FOLDER = AUDIT / "colab"


def build_wheel() -> Path:
    """The package as a wheel."""
    pip(Path(sys.executable), "wheel", "--quiet", "--no-deps", "--wheel-dir", FOLDER, ROOT)
    (wheel,) = FOLDER.glob("chihaya-*.whl")
    return wheel


def run_alone(notebook: Path, wheel: Path, basics: Path) -> bool:
    """Whether a copy of `notebook`, alone, installs the package and puts out what is stored."""
    folder = FOLDER / notebook.stem
    python = create(folder / "environment")
    own = packages(python)
    (own / "basics.pth").write_text(str(basics))
    (folder / "notebook").mkdir()
    copy = shutil.copy(notebook, folder / "notebook")
    same = compare(python, Path(copy), folder / "home", CHIHAYA_INSTALL=str(wheel))
    assert (own / "chihaya").is_dir(), "the first cell has not installed the package"
    assert not (own / "torch").exists(), "the first cell has installed PyTorch anew"
    return same


def main(names: list[str]) -> int:
    """Run the notebooks with these names, or all; 0 if every output is as stored."""
    there = {path.stem: path for path in NOTEBOOKS}
    if unknown := [name for name in names if name not in there]:
        sys.exit(f"no notebook {', '.join(unknown)}; there are {', '.join(there)}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    basics = create(FOLDER / "basics")
    install(basics, *BASICS)
    wheel = build_wheel()
    failed = 0
    for name in names or there:
        start = time.monotonic()
        same = run_alone(there[name], wheel, packages(basics))
        seconds = time.monotonic() - start
        print(f"{name}\t{'as stored' if same else 'DIFFERS'}\t{seconds:.0f} s")
        failed += not same
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
