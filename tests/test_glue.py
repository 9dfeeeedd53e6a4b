import ast

import pytest
from chihaya.glue import glue


@pytest.mark.parametrize("value", ["3,135", 28])
def test_a_glued_value_is_a_literal_under_its_name(
    value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[dict[str, str], dict[str, object]]] = []
    monkeypatch.setattr(
        "IPython.display.display",
        lambda data, raw, metadata: shown.append((data, metadata["scrapbook"])),
    )
    glue("page-value", value)
    ((data, scrapbook),) = shown
    assert scrapbook["name"] == "page-value"
    mime = f"{scrapbook['mime_prefix']}text/plain"
    assert ast.literal_eval(data[mime]) == value
