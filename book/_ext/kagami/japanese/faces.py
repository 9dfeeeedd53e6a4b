"""Put the book's own faces into the site, each cut down to the characters that are shown in it.

Shippori Mincho for titles and for poems, STIX Two Math for equations (both SIL OFL 1.1);
without them a page falls back to the reader's own. A browser fetches a face only for a page
that uses it (book.css).
"""

import re
import shutil
import unicodedata
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from docutils import nodes
from fontTools import subset
from sphinx.application import Sphinx

PACKAGES = Path(__file__).parents[4] / "node_modules"


class Face(NamedTuple):
    """A font of an npm package, and its licence."""

    font: Path
    licence: Path


MINCHO = PACKAGES / "@expo-google-fonts" / "shippori-mincho"
STIX = PACKAGES / "@fontsource" / "stix-two-math"
FACES = {
    "mincho-titles": Face(
        MINCHO / "500Medium" / "ShipporiMincho_500Medium.ttf",
        MINCHO / "LICENSE_FONT",
    ),
    "mincho-poems": Face(
        MINCHO / "400Regular" / "ShipporiMincho_400Regular.ttf",
        MINCHO / "LICENSE_FONT",
    ),
    "mincho-kana": Face(
        MINCHO / "400Regular" / "ShipporiMincho_400Regular.ttf",
        MINCHO / "LICENSE_FONT",
    ),
    "math": Face(
        STIX / "files" / "stix-two-math-latin-400-normal.woff2",
        STIX / "LICENSE",
    ),
}
PAGES = {"mincho-titles": "h1", "mincho-poems": "figure.karuta", "math": "math"}
"""What of a page is set in each face."""
SLIDES = PAGES | {"mincho-titles": "h1, h2, .admonition-title"}
"""What of a deck is set in it (slides.css)."""
ELEMENTS = SoupStrainer(["h1", "figure", "math"])
"""Those of a page that the selectors choose from: the rest is not parsed."""
HIRAGANA = {chr(code) for code in range(ord("ぁ"), ord("ゖ") + 1)}
"""What live parts write in `mincho-kana` (live.css)."""
Shown = defaultdict[str, set[str]]


def collect(
    shown: Shown,
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the characters of a page to those shown so far in each face."""
    html = context.get("body", f"<h1>{context.get('title', '')}</h1>")
    deck = app.builder.name == "revealjs"
    page = BeautifulSoup(html, "html.parser", parse_only=None if deck else ELEMENTS)
    for name, selector in (SLIDES if deck else PAGES).items():
        for part in page.select(selector):
            shown[name].update(part.get_text())
    # Beside the menu; on the last slide of a deck, from its template.
    shown["mincho-titles"].update("本で読む" if deck else context["docstitle"])
    if page.select("msqrt"):  # a browser draws the sign itself
        shown["math"].add("√")


def write(shown: Shown, app: Sphinx, exception: Exception | None) -> None:
    """Write each face beside the stylesheet, its licence beside it."""
    if exception or app.builder.format != "html":
        return
    for name, characters in shown.items():
        face = FACES[name]
        if name == "math":  # a browser shows a lone x as mathematical italic x
            characters |= {italic(character) for character in characters}
        options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
        font = subset.load_font(str(face.font), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        folder = Path(app.outdir, "_static")
        subset.save_font(font, str(folder / f"{name}.woff2"), options)
        shutil.copyfile(face.licence, folder / f"{name}-licence.txt")


def italic(character: str) -> str:
    """The mathematical italic form of a letter; of anything else, itself."""
    name = unicodedata.name(character, "")
    name = re.sub("^(LATIN|GREEK) (SMALL|CAPITAL) LETTER ", r"MATHEMATICAL ITALIC \2 ", name)
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return {"h": "ℎ"}.get(character, character)


def setup(app: Sphinx) -> dict[str, bool]:
    """Collect while the pages are written, write at the end."""
    shown: Shown = defaultdict(set, {"mincho-kana": HIRAGANA})
    app.connect("html-page-context", partial(collect, shown))
    app.connect("build-finished", partial(write, shown))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
