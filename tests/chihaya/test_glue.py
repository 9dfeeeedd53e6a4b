from typing import Any

import pytest
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
