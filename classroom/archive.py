"""Pack what a class without a network needs: `python classroom/archive.py SITE WHEELS ARCHIVE`.

The book stands at the top of the folder that is unpacked: served from there by `python -m
http.server`, it is the book, and its folder `wheels` is one in which pip finds packages. From the
same files come the same bytes.
"""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parents[1]
TOP = "chihaya-classroom"
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


def contents(site: Path, wheels: Path) -> dict[str, Path]:
    """The files of the archive, by their names in its folder."""
    folders = {"": site, "notebooks/": ROOT / "notebooks", "wheels/": wheels}
    found = {
        name + path.relative_to(folder).as_posix(): path
        for name, folder in folders.items()
        for path in folder.rglob("[!.]*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
    return found | {"README.txt": Path(__file__).with_name("README.txt")}


def pack(files: dict[str, Path], archive: Path) -> None:
    """Write the files in the order of their names, without the time and the rights they have here."""
    with ZipFile(archive, "w") as packed:
        for name, path in sorted(files.items()):
            entry = ZipInfo(f"{TOP}/{name}", NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = READABLE
            packed.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    site, wheels, archive = map(Path, sys.argv[1:])
    pack(contents(site, wheels), archive)
    print(f"{archive}: {archive.stat().st_size / 1e6:.1f} MB")
