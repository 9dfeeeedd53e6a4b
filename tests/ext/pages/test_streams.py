"""What a cell prints, in the pieces in which a kernel may hand it over."""

from unittest.mock import Mock

import pytest
from kagami.pages import streams
from myst_nb.core import render
from nbformat.v4 import new_output
from sphinx.application import Sphinx


def test_pieces_are_joined_with_nothing_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "coalesce_streams", None)
    streams.setup(Mock(spec=Sphinx))
    texts = ("一", "行目\n二", "\n三\n")
    pieces = [new_output("stream", name="stdout", text=text) for text in texts]
    (whole,) = render.coalesce_streams(pieces)
    assert whole["text"] == "一行目\n二\n三\n"
