"""The ledger of claims is that of the pages, and no claim has the name of another."""

from collections import Counter
from pathlib import Path

import pytest
from chihaya.experiments import ledgers
from claims import claims_in
from exempt import NOTEBOOKS
from notebook_tools import read

LEDGERS = {page: each["claims"] for page, each in ledgers().items()}
COMMITTED = sorted(NOTEBOOKS.glob("*.ipynb"))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_the_ledger_has_the_claims_of_the_notebook(path: Path) -> None:
    told = {each["name"]: (each["words"], each["kind"]) for each in claims_in(read(path))}
    ledger = LEDGERS.get(path.stem, {})
    assert told == {name: (each["words"], each["kind"]) for name, each in ledger.items()}


def test_a_name_is_one_claim() -> None:
    names = Counter(name for ledger in LEDGERS.values() for name in ledger)
    assert [name for name, count in names.items() if count > 1] == []
    assert names


def test_what_falls_under_a_seed_is_said() -> None:
    """Such a claim counts its seeds itself, or is none."""
    fallen = {
        name
        for ledger in LEDGERS.values()
        for name, each in ledger.items()
        if len(each["held"]) < len(each["values"]) and "種" not in each["words"]
    }
    assert fallen == set()
