"""Run the notebooks in what environment.yml asks for, and let repo2docker read the repository.

Without conda: the requirements go by their names on PyPI into an empty environment. What
Binder does with the file is seen in repo2docker's recipe for the image, which is not built.

    python checks/binder.py
"""

import subprocess
import sys

import yaml
from bare import AUDIT, NOTEBOOKS, ROOT, compare, create, install, pip

PYPI = {"matplotlib-base": "matplotlib", "pytorch-cpu": "torch"}
"""Packages of environment.yml that PyPI has under another name."""
RECIPE = 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"'


def requirements() -> list[str]:
    """What environment.yml asks for, Python and the package itself apart, as for pip."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    _, *conda, pip = yaml.safe_load(text)["dependencies"]
    for name, other in PYPI.items():
        conda = [line.replace(name, other) for line in conda]
    return [*conda, *(line for line in pip["pip"] if line != "-e .")]


def run_notebooks() -> int:
    """Install the requirements and the package; how many notebooks put out something else."""
    python = create(AUDIT / "binder")
    install(python, *requirements(), "nbval")
    pip(python, "install", "--quiet", "--editable", ROOT)
    failed = 0
    for notebook in NOTEBOOKS:
        same = compare(python, notebook, AUDIT / "binder" / "home")
        print(f"{notebook.name}\t{'as stored' if same else 'DIFFERS'}")
        failed += not same
    return failed


def read_repository() -> bool:
    """Whether repo2docker would make the image from environment.yml."""
    python = create(AUDIT / "repo2docker")
    pip(python, "install", "--quiet", "jupyter-repo2docker")
    command = [str(python.with_name("jupyter-repo2docker")), "--no-build", "--debug", str(ROOT)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    accepted = RECIPE in run.stdout + run.stderr
    print(f"repo2docker\t{'environment.yml accepted' if accepted else run.stderr}")
    return accepted


if __name__ == "__main__":
    sys.exit(not read_repository() or run_notebooks())
