"""The colours stand once, in the theme's palette; what cannot read it agrees with it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from chihaya.figures.style import CARD_EDGE, CARD_INK
from kagami.site.theme import OPTIONS, PALETTE, THEME, colour, style

ROOT = Path(__file__).parents[3]
COLOUR = re.compile("#[0-9a-f]{6}")


@pytest.mark.parametrize(
    "path",
    [
        "book/_theme/static/book.css",
        "slides/_static/slides.css",
        "pdf/pdf.css",
        "book/_ext/kagami/site/card.py",
    ],
)
def test_no_colour_is_written_beside_the_palette(path: str) -> None:
    assert COLOUR.findall((ROOT / path).read_text(encoding="utf-8")) == []


def test_a_page_gets_the_palette_and_what_uses_it_as_one_file(
    build: Callable[..., str], tmp_path: Path
) -> None:
    theme = {"html_theme": "mirror", "html_theme_options": dict.fromkeys(OPTIONS, "")}
    build("# 題", "myst_parser", "kagami.site.theme", html_use_index=False, **theme)
    written = (tmp_path / "_build" / "html" / "_static" / "book.css").read_text(encoding="utf-8")
    assert written == style()
    defined = set(re.findall(r"^  (--\w+):", PALETTE, re.M))
    assert defined == set(re.findall(r"var\((--\w+)\)", written)) - {"--title"}  # of the cover


def test_a_karuta_card_in_a_notebook_has_the_inks_of_the_page() -> None:
    assert colour("ink") == CARD_INK
    assert colour("green") == CARD_EDGE


def test_the_sign_is_crimson_in_light_and_dark() -> None:
    sign = (THEME / "static" / "favicon.svg").read_text(encoding="utf-8")
    assert f"--crimson: light-dark({', '.join(COLOUR.findall(sign))})" in PALETTE
