"""Build the book as every command and every test does: `python -m kagami.build [BUILDER [FOLDER]]`.

BUILDER is html, notebooks or linkcheck; what is built goes to FOLDER/_build, by default the
repository's own. Always from all sources, so that no old page or warning hides.
"""

import subprocess
import sys
from pathlib import Path

from kagami.notebooks.repository import ROOT

BUILDERS = {
    "html": (),
    "notebooks": ("--builder", "custom", "--custom-builder", "notebooks"),
    "linkcheck": ("--builder", "linkcheck"),
}


def command(
    builder: str = "html",
    output: Path = ROOT,
    source: Path = ROOT / "book",
    toc: Path = ROOT / "_toc.yml",
) -> list[str]:
    """The command of Jupyter Book that builds `source` strictly: a warning is an error."""
    paths = ["--config", str(ROOT / "_config.yml"), "--toc", str(toc), "--path-output", str(output)]
    strict = ["--all", "-W", "--keep-going"]
    jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
    return [jupyter_book, "build", str(source), *paths, *strict, *BUILDERS[builder]]


if __name__ == "__main__":
    builder, *folder = sys.argv[1:] or ["html"]
    sys.exit(subprocess.run(command(builder, *map(Path, folder)), check=False).returncode)
