"""Works on a line of years."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.figure import Figure

from .style import BLUE, INK, PAPER, QUIET


class Work(NamedTuple):
    """A work as the lecture names it."""

    year: int
    author: str
    name: str


def draw(works: Sequence[Work], filled: Sequence[bool]) -> Figure:
    """Years run downwards; the names stand in even rows, each tied to its year by a line.

    The years of `filled` works are filled circles, the others open squares.
    """
    figure = Figure(figsize=(4.8, 5.6))
    axes = figure.subplots()
    first, last = works[0].year, works[-1].year
    axes.plot([0, 0], [first, last], color=INK, linestyle="-", linewidth=1.4)
    for place, (work, full) in enumerate(zip(works, filled, strict=True)):
        row = first + place * (last - first) / (len(works) - 1)
        axes.plot([0, 0.6, 1], [work.year, row, row], color=QUIET, linestyle="-", linewidth=1)
        axes.plot(
            0,
            work.year,
            color=BLUE,
            marker="o" if full else "s",
            markerfacecolor=BLUE if full else PAPER,
            linestyle="none",
        )
        axes.annotate(
            f"{work.name}\n{work.year} 年，{work.author}",
            (1, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            linespacing=1.4,
        )
    axes.set(xlim=(-0.3, 11), ylim=(last + 3, first - 3), yticks=range(1960, 2021, 10))
    axes.set_ylabel("年", rotation=0, ha="right")
    axes.yaxis.set_label_coords(-0.03, 1)  # above the years: beside them it would take width
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    return figure
