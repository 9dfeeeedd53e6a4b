"""Which reciter the pages get."""

from pathlib import Path

import pytest
from chihaya import load_reciter, save_reciter


def test_another_seed_gives_another_reciter_than_the_one_that_comes_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHIHAYA_SEED", "1")
    reciter = load_reciter()
    assert reciter.recipe["seed"] == 1
    save_reciter(reciter, tmp_path / "one.safetensors")
    assert load_reciter(tmp_path / "one.safetensors").recipe["seed"] == 1
    monkeypatch.delenv("CHIHAYA_SEED")
    assert load_reciter().recipe["seed"] == 0
