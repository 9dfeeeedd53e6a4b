"""Run the pages under five seeds and store which claims held: the ledger of the page 主張と証拠.

Pages whose ledger is stale, or those that are named.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jupytext
from chihaya import experiments
from chihaya.claims import METADATA
from chihaya.seeds import SWITCH
from experiments import is_fresh
from nbclient import NotebookClient

BOOK = Path(__file__).parents[1] / "book"
SEEDS = range(5)


def main() -> None:
    """One page after the other, its own seed first; then the ledger is whole."""
    pages = [BOOK / f"{name}.md" for name in sys.argv[1:]] or [
        page
        for page in sorted(BOOK.glob("*.md"))
        if "claim(" in page.read_text(encoding="utf-8") and not is_fresh(ledger(page))
    ]
    for page in pages:
        claims = claims_of(page, None)
        with ThreadPoolExecutor(2) as pool:
            under = list(pool.map(lambda seed: claims_of(page, seed), SEEDS))  # noqa: B023
        for name, told in claims.items():
            found = [each.get(name, {"holds": False}) for each in under]
            told["held"] = [seed for seed, each in zip(SEEDS, found, strict=True) if each["holds"]]
            told["values"] = [each.get("value") for each in found]
            print(f"{page.stem}: {name}: {len(told['held'])} of {len(SEEDS)} {told['values']}")
        result = {"title": title(page), "claims": claims}
        experiments.store(ledger(page), result, page, "make claims")


def ledger(page: Path) -> str:
    """The name under which a page's claims are stored."""
    return f"{experiments.LEDGER}{page.stem}"


def title(page: Path) -> str:
    """The heading of a page."""
    text = page.read_text(encoding="utf-8")
    return next(line[2:] for line in text.splitlines() if line.startswith("# "))


def claims_of(page: Path, seed: int | None) -> dict[str, dict[str, Any]]:
    """The claims that a page makes when it runs with this seed, or with its own."""
    notebook = jupytext.read(page, fmt="md:myst")
    environment = {key: value for key, value in os.environ.items() if key != SWITCH}
    if seed is not None:
        environment[SWITCH] = str(seed)
    client = NotebookClient(notebook, kernel_name="python3", allow_errors=seed is not None)
    client.execute(env=environment)
    return {told["name"]: told for told in claims_in(notebook)}


def claims_in(notebook: Any) -> Iterator[dict[str, Any]]:
    """The claims in the outputs of a notebook."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if told := output.get("metadata", {}).get(METADATA, {}).get("claim"):
                yield dict(told)


if __name__ == "__main__":
    main()
