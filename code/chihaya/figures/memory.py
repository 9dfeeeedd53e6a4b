"""What is said to the letter of pairs seen and of pairs held out, against how many or how large."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from .style import INK, PAPER, SERIES

MARKERS = "os^D"


class Shares(NamedTuple):
    """Of one training, the share (percent) that is said of the pairs seen, and of those held out."""

    seen: float
    held_out: float


def draw(kinds: Mapping[str, Mapping[int, Sequence[Shares]]], label: str) -> Figure:
    """`kinds[name][x]`: trainings of the same kind and size; `label` says what x is.

    A point is a training, a line goes through the means: full of the held out, dashed of the seen.
    """
    figure = Figure(figsize=(4.8, 4.8))
    axes = figure.subplots()
    handles = []
    for (name, found), colour, marker in zip(kinds.items(), SERIES, MARKERS, strict=False):
        for part, style, filling in (("seen", "--", PAPER), ("held_out", "-", colour)):
            heights = {
                x: [getattr(shares, part) for shares in trainings] for x, trainings in found.items()
            }
            axes.plot(
                list(heights),
                [mean(each) for each in heights.values()],
                color=colour,
                linestyle=style,
                label=f"{name} {part}",
            )
            points = [(x, height) for x, each in heights.items() for height in each]
            axes.plot(
                *zip(*points, strict=True),
                color=colour,
                linestyle="none",
                marker=marker,
                markerfacecolor=filling,
            )
        handles.append(Line2D([], [], color=colour, marker=marker, label=name))
    for name, style, filling in (("学んだ対", "--", PAPER), ("学んでいない対", "-", INK)):
        told: dict[str, Any] = {"linestyle": style, "markerfacecolor": filling}
        handles.append(Line2D([], [], color=INK, marker="o", label=name, **told))
    ticks = max((list(found) for found in kinds.values()), key=len)  # of one kind: two would touch
    axes.set(xscale="log", xlabel=label, ylabel="一字も違えずに言えた割合（%）", ylim=(-4, 104))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(ticks, [f"{x:,}" for x in ticks])
    figure.legend(handles=handles, loc="outside upper center", ncols=2, handlelength=3.5)
    return figure
