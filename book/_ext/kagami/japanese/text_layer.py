"""Mend the text of a printed PDF, so that its Japanese words can be searched and copied.

Chromium writes down which character a glyph stands for. Of the characters that share a glyph
it takes the first, which for 一 and 文 is a radical of a dictionary's index, ⼀ and ⽂: they look
the same, and a search for 一文 does not find them. Ligatures such as ﬁ become their letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

LETTERS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB07))
} | str.maketrans("⺒⺠⻄⻆⻑⻘⻝⻣⻤⻨⻩⻫⻭⻯⻱⻲", "巳民西角長青食骨鬼麦黄斉歯竜龜亀")
"""Of radicals, compatibility ideographs and ligatures, the letters; sixteen are not in Unicode's decompositions."""
MAPPING = re.compile(r"^(?:<(\w+)> )?<(\w+)> <(\w{4})>$", re.MULTILINE)
"""A line of a CMap: one glyph and its character, or first and last glyph and the first's."""


def mend(pdf: Path) -> None:
    """Rewrite the character maps of all fonts of a PDF in place."""
    writer = PdfWriter(pdf, full=True)
    for page in writer.pages:
        for font in fonts(page["/Resources"]):
            if "/ToUnicode" in font:
                characters = font["/ToUnicode"].get_object()
                before = characters.get_data().decode("ascii")
                if (after := MAPPING.sub(mended, before)) != before:
                    characters.set_data(after.encode("ascii"))
    writer.write(pdf)


def fonts(resources: Any) -> Iterator[Any]:
    """The fonts of a page and of what is drawn on it."""
    for font in resources.get("/Font", {}).values():
        yield font.get_object()
    for drawn in resources.get("/XObject", {}).values():
        yield from fonts(drawn.get_object().get("/Resources", {}))


def mended(mapping: re.Match[str]) -> str:
    """A line of a CMap with letters in the place of what only looks like them."""
    first, last, target = mapping.groups()
    glyphs = int(last, 16) - int(first, 16) + 1 if first else 1
    characters = [chr(int(target, 16) + place) for place in range(glyphs)]
    letters = [character.translate(LETTERS) for character in characters]
    if letters == characters:
        return mapping[0]
    targets = [f"<{letter.encode('utf-16-be').hex().upper()}>" for letter in letters]
    return f"<{first}> <{last}> [{' '.join(targets)}]" if first else f"<{last}> {targets[0]}"
