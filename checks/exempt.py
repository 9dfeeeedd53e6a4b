"""List the cells whose outputs nbval does not compare: file, cell id, first line."""

from pathlib import Path
from typing import Any

import nbformat

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def is_exempt(cell: Any) -> bool:
    """Whether the cell's outputs may differ from those that are stored."""
    return "nbval-ignore-output" in cell.metadata.get("tags", [])


if __name__ == "__main__":
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in filter(is_exempt, nbformat.read(path, as_version=4).cells):
            print(f"{path.relative_to(NOTEBOOKS.parent)}\t{cell.id}\t{cell.source.splitlines()[0]}")
