"""Boxes and arrows: the drawing board of the book's diagrams of the Transformer.

Drawn with matplotlib, like every figure of the book, and not as SVG with real text: an SVG
file that a page shows as an image sees none of the page's fonts, and which Japanese font a
device has is unknown, so that real text would be of unknown width. Outlines fit their boxes
everywhere. What a diagram says to those who cannot see it stands in the page, as its alt text.
"""

from typing import NamedTuple

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch

from ..style import BLUE, GREEN, INK, ORANGE, PAPER, PURPLE, QUIET, SKY, VERMILION

Point = tuple[float, float]
Fill = tuple[float, ...]


def tint(colour: str) -> Fill:
    """A pale mixture of `colour` with the paper, for text to stand on."""
    return tuple(0.25 * c + 0.75 * p for c, p in zip(to_rgb(colour), to_rgb(PAPER), strict=True))


ATTENTION, ADD_NORM, FEED_FORWARD, EMBEDDING, PRODUCT, SOFTMAX = map(
    tint, (ORANGE, GREEN, SKY, PURPLE, BLUE, VERMILION)
)
"""One fill for each kind of box, the same in all diagrams; the label says the kind, too."""
PLAIN = tint(QUIET)


class Box(NamedTuple):
    """A place on the board, in inches: its centre and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> Point:
        return self.x, self.y + self.height / 2

    @property
    def bottom(self) -> Point:
        return self.x, self.y - self.height / 2

    @property
    def left(self) -> Point:
        return self.x - self.width / 2, self.y

    @property
    def right(self) -> Point:
        return self.x + self.width / 2, self.y


class Diagram:
    """A board of `width` × `height` inches with its origin at the lower left."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width, height))
        self.axes = self.figure.subplots()
        self.axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
        self.axes.set_axis_off()

    def box(
        self,
        box: Box,
        label: str,
        fill: Fill,
        *,
        dashed: bool = False,
        copies: int = 1,
    ) -> Box:
        """A labelled box; `copies` of it lie behind one another like cards."""
        for card in reversed(range(copies)):
            self.axes.add_patch(
                FancyBboxPatch(
                    (box.left[0] + 0.07 * card, box.bottom[1] + 0.07 * card),
                    box.width,
                    box.height,
                    boxstyle="round,pad=0,rounding_size=0.06",
                    facecolor=fill,
                    edgecolor=INK,
                    linewidth=1.1,
                    linestyle="--" if dashed else "-",
                )
            )
        self.text((box.x, box.y), label)
        return box

    def frame(self, box: Box) -> Box:
        """A quiet outline around several boxes."""
        self.axes.add_patch(
            FancyBboxPatch(
                (box.left[0], box.bottom[1]),
                box.width,
                box.height,
                boxstyle="round,pad=0,rounding_size=0.15",
                fill=False,
                edgecolor=QUIET,
                linewidth=1.4,
            )
        )
        return box

    def plus(self, x: float, y: float) -> Box:
        """A circled plus: the sum of what comes in."""
        box = Box(x, y, 0.24, 0.24)
        self.axes.add_patch(Ellipse((x, y), 0.24, 0.24, facecolor=PAPER, edgecolor=INK))
        for tip in (0.07, -0.07):
            self.axes.plot((x - tip, x + tip), (y, y), color=INK, linestyle="-", linewidth=1.1)
        self.axes.plot((x, x), (y - 0.07, y + 0.07), color=INK, linestyle="-", linewidth=1.1)
        return box

    def text(self, at: Point, label: str, *, align: str = "center", quiet: bool = False) -> None:
        """Words at a point, the middle of their height there; quiet ones are remarks."""
        self.axes.text(*at, label, ha=align, va="center", fontsize=10.5 if quiet else 11)

    def line(self, *points: Point) -> None:
        """A line through all points."""
        self.axes.plot(*zip(*points, strict=True), color=INK, linestyle="-", linewidth=1.1)

    def arrow(self, *points: Point) -> None:
        """A line through all points, with a head at the last."""
        if len(points) > 2:
            self.line(*points[:-1])
        self.axes.annotate(
            "",
            xy=points[-1],
            xytext=points[-2],
            arrowprops={
                "arrowstyle": "-|>,head_length=0.35,head_width=0.16",
                "color": INK,
                "linewidth": 1.1,
                "shrinkA": 0,
                "shrinkB": 0,
                "joinstyle": "miter",
            },
        )
