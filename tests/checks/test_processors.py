"""Under what settings the notebooks are compared, and what a difference gives."""

from pathlib import Path

import nbformat
import pytest
from processors import compare, environment, settings


def test_a_setting_is_set_or_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    assert environment({})["OPENBLAS_CORETYPE"] == "Haswell"
    assert "OPENBLAS_CORETYPE" not in environment({"OPENBLAS_CORETYPE": None})
    assert environment({"MKL_CBWR": "COMPATIBLE"})["MKL_CBWR"] == "COMPATIBLE"
    assert {environment(setting)["OMP_NUM_THREADS"] for setting in settings()} == {"1", "2"}


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
