"""The book's own faces, each cut down to the characters that the pages show in it.

Shippori Mincho for titles and for poems, STIX Two Math for equations (both SIL OFL 1.1);
without them a page falls back to the reader's own. A browser fetches a face only for a page
that uses it (book.css).
"""

import re
import shutil
import unicodedata
from collections import defaultdict
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from fontTools import subset
from sphinx.application import Sphinx

PACKAGES = Path(__file__).parents[4] / "node_modules"


class Face(NamedTuple):
    """A font of an npm package, its licence, and the parts of a page that are set in it."""

    font: Path
    licence: Path
    parts: str


MINCHO = PACKAGES / "@expo-google-fonts" / "shippori-mincho"
STIX = PACKAGES / "@fontsource" / "stix-two-math"
FACES = {
    "mincho-titles": Face(
        MINCHO / "500Medium" / "ShipporiMincho_500Medium.ttf",
        MINCHO / "LICENSE_FONT",
        r'<h1>.*?</h1>|<a class="brand".*?</a>',
    ),
    "mincho-poems": Face(
        MINCHO / "400Regular" / "ShipporiMincho_400Regular.ttf",
        MINCHO / "LICENSE_FONT",
        r'<figure class="karuta.*?</figure>',
    ),
    "math": Face(
        STIX / "files" / "stix-two-math-latin-400-normal.woff2",
        STIX / "LICENSE",
        r"<math.*?</math>",
    ),
}
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
    page = context.get("body", f"<h1>{context['title']}</h1>")
    page += f'<a class="brand">{context["docstitle"]}</a>'
    for name, face in FACES.items():
        for part in re.findall(face.parts, page, re.DOTALL):
            shown[name].update(unescape(re.sub("<[^>]*>", "", part)))
            if "<msqrt>" in part:  # a browser draws the sign itself
                shown[name].add("√")


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
    shown: Shown = defaultdict(set)
    app.connect("html-page-context", partial(collect, shown))
    app.connect("build-finished", partial(write, shown))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
