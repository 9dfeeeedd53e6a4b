"""How sure a model is of what it says to several kinds of beginnings, on one axis."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from .style import GRID, INK, LINE_STYLES, SERIES

MARKERS = "os^D"
ROWS = 5
"""Dots that lie close together are spread over so many heights."""


def draw(kinds: Mapping[str, Sequence[float]], threshold: float) -> Figure:
    """A band of dots for each kind, a dot for each beginning, at the probability of the answer.

    Left of `threshold`, a line through all bands, one would stay silent.
    """
    figure = Figure(figsize=(4.8, 4.4))
    axes = figure.subplots()
    axes.axvspan(0, threshold, color=GRID)
    axes.axvline(threshold, color=INK, linestyle=LINE_STYLES[1], linewidth=1.2)
    for band, (values, colour, marker) in enumerate(
        zip(kinds.values(), SERIES, MARKERS, strict=False)
    ):
        heights = [band + 0.13 * (i % ROWS - ROWS // 2) for i in range(len(values))]
        axes.plot(
            sorted(values), heights, color=colour, marker=marker,
            linestyle="none", markersize=4, alpha=0.7,
        )  # fmt: skip
    axes.set_yticks(range(len(kinds)), kinds)
    axes.set(xlim=(-0.03, 1), xlabel="答えの全体の確率（自信）")
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.text(threshold, -0.62, " 唱える →", va="center")
    axes.text(threshold, -0.62, "← 黙る ", va="center", ha="right")
    axes.set_ylim(len(kinds) - 0.5, -0.9)
    return figure
