"""How a notebook run anew is compared with what is stored in it: a plug-in of pytest, beside nbval.

What a page says (text, numbers, HTML) is compared by nbval, to the letter. A drawing is compared
by what it shows: the last digits of a product of matrices are not the same on each processor, nor
then are those of a coordinate, nor, from the first to the last letter, the names that Matplotlib
makes of unrounded coordinates. So of an SVG

- elements and their order, text, glyphs, colours, widths, turns and scales are the same exactly;
- a name may be another: each stands for the place of its element among those that have one;
- coordinates differ by at most `TOLERANCE`, 0.01 pt. On a screen that is a seventy-fifth of a
  pixel, which nobody sees, and between processors the most that was seen is 0.00013 pt;
- the levels of a pixel in an image differ by at most `LEVELS` of 255, which nobody sees, either.

Of a claim (chihaya.claims) that rests on what the page trains, the words are compared, and that it
holds, which it does if it is shown at all. Its value is another one on another processor.

Only pytest, nbval and Pillow, which Matplotlib brings, are needed: a notebook is compared in the
same way where nothing of the book is installed.
"""

import base64
import io
import os
import re
import reprlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from PIL import Image, ImageChops

TOLERANCE = 0.01
LEVELS = 2
SVG, HTML = "image/svg+xml", "text/html"
PNG = "data:image/png;base64,"
PLACES = {"d", "height", "transform", "viewBox", "width", "x", "y"}
"""The attributes that hold coordinates."""
COORDINATE = re.compile(r"\b(?!translate)\w+\(.*?\)|(-?\d+(?:\.\d+)?(?:e-?\d+)?)")
"""A number (group 1), but not one of a turn or a scale, where 0.01 is much."""
TRAINED = re.compile('<b class="trained">[^<]*</b>')
"""The value of a claim that rests on what was trained."""
REFERENCE = re.compile(r"(^|url\()#([^)]+)")

# How long a progress bar took is never the same. tqdm reads this when it is imported, which is
# later, in tests as in the kernels of notebooks: pytest imports first what `-p` names.
os.environ.setdefault("TQDM_DISABLE", "1")


class Drawing(str):
    """SVG that equals all that shows the same."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and difference(self, other) is None

    def __ne__(self, other: object) -> bool:
        return not self == other


class Claim(str):
    """The HTML of a claim, which equals all that claims the same."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and TRAINED.sub("", self) == TRAINED.sub("", other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def difference(stored: str, new: str) -> str | None:
    """Where two drawings first differ, in words; None if they show the same."""
    if str.__eq__(stored, new):
        return None
    try:
        pairs = list(zip(elements(stored), elements(new), strict=False))
    except ElementTree.ParseError as error:
        return f"no SVG: {error}"
    for (where, one), (_, other) in pairs:
        if shape(one) != shape(other):  # the numbers of children make sure that no element is left
            return f"{where}: {shape(one)} is now {shape(other)}"
        for key, value in one.items():
            if not same(key, value, other.attrib[key]):
                return f"{where}: {key} {shown(value)} is now {shown(other.attrib[key])}"
    return None


def elements(svg: str) -> Iterator[tuple[str, ElementTree.Element]]:
    """The elements in order, their names replaced, and the name at or before each."""
    builder = ElementTree.TreeBuilder(insert_comments=True)  # the text that glyphs spell
    root = ElementTree.fromstring(svg, ElementTree.XMLParser(target=builder))
    names: dict[str, str] = {}
    for element in root.iter():
        if name := element.get("id"):
            names.setdefault(name, f"name {len(names)}")
    where = "svg"
    for element in root.iter():
        if name := element.get("id"):
            where = name
            element.set("id", names[name])
        for key, value in element.items():
            element.set(key, REFERENCE.sub(lambda it: it[1] + names.get(it[2], it[2]), value))
        yield where, element


def shape(element: ElementTree.Element) -> tuple[object, ...]:
    """What is the same exactly: all but the values of the attributes."""
    return (element.tag, len(element), sorted(element.keys()), element.text, element.tail)


def same(key: str, stored: str, new: str) -> bool:
    """Whether two values of the attribute `key` show the same."""
    if stored.startswith(PNG) and new.startswith(PNG):
        one, other = pixels(stored), pixels(new)
        changes = ImageChops.difference(one, other).tobytes()
        return one.size == other.size and max(changes) <= LEVELS
    if key in PLACES and around(stored) == around(new):
        pairs = zip(coordinates(stored), coordinates(new), strict=True)
        return all(abs(one - other) <= TOLERANCE for one, other in pairs)
    return stored == new


def pixels(address: str) -> Image.Image:
    """The image that a data address holds."""
    data = base64.b64decode(address.removeprefix(PNG))
    return Image.open(io.BytesIO(data)).convert("RGBA")


def coordinates(value: str) -> list[float]:
    """The coordinates in the value of an attribute."""
    return [float(match[1]) for match in COORDINATE.finditer(value) if match[1]]


def around(value: str) -> str:
    """The value of an attribute without its coordinates."""
    return COORDINATE.sub(lambda match: "#" if match[1] else match[0], value)


def shown(value: str) -> str:
    """A value short enough for a message."""
    shortener = reprlib.Repr()
    shortener.maxstring = 120
    return shortener.repr(value)


def pytest_itemcollected(item: Any) -> None:
    """Turn a cell's stored drawings and claims into what they are compared by, with `!=`."""
    if item.path.suffix == ".ipynb":
        for output in item.cell.outputs:
            data = output.get("data", {})
            if SVG in data:
                data[SVG] = Drawing(data[SVG])
            if TRAINED.search(data.get(HTML, "")):
                data[HTML] = Claim(data[HTML])


def pytest_assertrepr_compare(left: object, right: object) -> list[str] | None:
    """Say where a drawing differs, instead of two long texts."""
    if isinstance(left, Drawing) and isinstance(right, str):
        where = difference(left, right)
        return [where] if where else None
    return None
