"""Build the book as every command and every test does: `python -m kagami.build [BUILDER [FOLDER]]`.

BUILDER is html, notebooks or linkcheck; what is built goes to FOLDER/_build, by default the
repository's own. Always from all sources, so that no old page or warning hides.
"""

import sys
from pathlib import Path

from jupyter_book.cli.main import main

from kagami.notebooks.repository import ROOT

BUILDERS = {
    "html": (),
    "notebooks": ("--builder", "custom", "--custom-builder", "notebooks"),
    "linkcheck": ("--builder", "linkcheck"),
}


def arguments(
    builder: str = "html",
    output: Path = ROOT,
    source: Path = ROOT / "book",
    toc: Path = ROOT / "_toc.yml",
) -> list[str]:
    """What Jupyter Book is given to build `source` strictly: a warning is an error."""
    paths = ["--config", str(ROOT / "_config.yml"), "--toc", str(toc), "--path-output", str(output)]
    return ["build", str(source), *paths, "--all", "-W", "--keep-going", *BUILDERS[builder]]


if __name__ == "__main__":
    name, *folder = sys.argv[1:] or ["html"]
    main(arguments(name, *map(Path, folder)))
