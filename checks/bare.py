"""Make environments that have nothing of this repository, and run notebooks there under nbval."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]
AUDIT = ROOT / "_build" / "audit"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OURS = ("VIRTUAL_ENV", "CHIHAYA_INSTALL")
"""What the Makefile or a developer sets, and a reader does not."""
NBVAL = ("-m", "pytest", "--nbval", "-p", "kagami.notebooks.compare", "-p", "no:cacheprovider")


def create(folder: Path) -> Path:
    """Make an empty virtual environment in `folder`; its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    return Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)})) / "python"


def pip(python: Path, *arguments: object) -> None:
    """Run the pip of an environment at the root of the repository."""
    command = [str(python), "-m", "pip", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True)


def install(python: Path, *requirements: str) -> None:
    """Install at the pinned versions where there are such."""
    pip(python, "install", "--quiet", "--constraint", "constraints.txt", *requirements)


def packages(python: Path) -> Path:
    """The folder where the environment of `python` has its packages."""
    command = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def compare(python: Path, notebook: Path, home: Path, **settings: str) -> bool:
    """Whether `notebook`, run by `python` where it lies, puts out what is stored in it."""
    home.mkdir(exist_ok=True)  # no settings, no kernels
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    comparison = str(ROOT / "book" / "_ext")  # the one thing of ours, which no notebook imports
    environment |= {"HOME": str(home), "PYTHONPATH": comparison, **settings}
    command = [str(python), *NBVAL, "--quiet", str(notebook)]
    run = subprocess.run(
        command, cwd=notebook.parent, env=environment, capture_output=True, text=True
    )
    if run.returncode:
        print(run.stdout, run.stderr)
    return run.returncode == 0
