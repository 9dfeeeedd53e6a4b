from typing import Any

import numpy as np
import pytest
import torch
from chihaya.glue import glue
from myst_nb.ext import glue as myst_nb


@pytest.mark.parametrize("value", ["3,135", "ちは", 28])
def test_a_glued_value_is_shown_as_myst_nb_shows_it(
    value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def display(*arguments: object, **options: object) -> None:
        shown.append((arguments, options))

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(myst_nb, "ipy_display", display)
    glue("page-value", value)
    myst_nb.glue("page-value", value, display=False)
    ours, theirs = shown
    assert ours == theirs
    assert ours[1]["metadata"]["scrapbook"]["name"] == "page-value"


@pytest.mark.parametrize("value", [np.int64(57), np.float64(0.5), torch.tensor(57)])
def test_a_number_of_numpy_or_pytorch_is_shown_as_a_number(
    value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    glue("page-value", value)
    assert list(shown[0].values()) == [str(value.item())]
