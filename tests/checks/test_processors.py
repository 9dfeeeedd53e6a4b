"""As on what machines the notebooks are compared, and what a difference gives."""

from pathlib import Path

import nbformat
import pytest
from processors import MACHINES, compare, main


def test_a_processor_is_imitated_whole() -> None:
    """What one run sets of a library, each run of another processor sets, too."""
    processors = [settings for settings in MACHINES.values() if "MKL_CBWR" in settings]
    assert len(processors) > 1
    assert len({frozenset(settings) for settings in processors}) == 1


def test_a_notebook_that_is_not_there_is_told_those_that_are() -> None:
    with pytest.raises(SystemExit, match="no notebook nowhere; there are attention, "):
        main(["nowhere"])


def test_a_cell_that_differs_under_a_setting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processors.CORES", 1)
    cells = [
        nbformat.v4.new_code_cell(
            f"import os; print(os.environ['{name}'], end='')",
            outputs=[nbformat.v4.new_output("stream", text="COMPATIBLE")],
            execution_count=1,
        )
        for name in ("MKL_CBWR", "OPENBLAS_CORETYPE")
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = tmp_path / "two.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), notebook)
    same, (failed, summary) = compare(
        {"MKL_CBWR": "COMPATIBLE", "OPENBLAS_CORETYPE": "Nehalem"}, [notebook]
    )
    assert not same
    assert "two.ipynb::Cell 1" in failed
    assert "1 failed, 1 passed" in summary
