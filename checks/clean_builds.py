"""Check whether two builds from nothing, every page executed anew, give the same site byte for byte."""

import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kagami.notebooks.repository import ROOT

TIMES = {"state.html"}
"""The page that says how long each page took, which no two builds do."""


BESIDE = ("slides/", "kagami.pdf")
"""What stands beside the book, made of it; Chromium writes the date into each PDF."""


def build(folder: Path) -> Path:
    """Build into a folder that nothing was built in before."""
    command = [sys.executable, "-m", "kagami.build", "html", str(folder)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return folder / "_build" / "html"


def digests(site: Path) -> dict[str, str]:
    """The digest of each file of the book, by its path."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(files.items())
        if name not in TIMES and not name.startswith(BESIDE)
    }


def main() -> None:
    """Build twice and name each file that is not the same."""
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        first, second = digests(build(Path(one))), digests(build(Path(two)))
    different = sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )
    print(f"{len(first)} files, {len(different)} of them not the same", *different, sep="\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
