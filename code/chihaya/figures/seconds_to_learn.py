"""How long each way takes to learn, over many seeds: every one of them, and the median."""

import statistics
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .style import BLUE, INK, VERMILION

SPREAD = 0.5
"""Of a row, what points are spread over in their order, so that none hides another."""


def draw(seconds: Mapping[str, Sequence[float]]) -> Figure:
    """CPU seconds of each way, a row a way in the order given; the first is the one compared."""
    figure = Figure(figsize=(4.8, 0.8 + 0.62 * len(seconds)))
    axes = figure.subplots()
    for row, found in enumerate(seconds.values()):
        heights = row + np.linspace(-SPREAD / 2, SPREAD / 2, len(found))
        axes.plot(
            found,
            heights,
            color=VERMILION if row == 0 else BLUE,
            linestyle="none",
            marker="o",
            markersize=3.5,
            label="種一つ" if row == 1 else None,
        )
        middle = statistics.median(found)
        axes.plot(
            [middle, middle],
            [row - 0.4, row + 0.4],
            color=INK,
            linestyle="-",
            label="中央値" if row == 0 else None,
        )
    axes.set_yticks(range(len(seconds)), list(seconds))
    axes.set_xlim(left=0)
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("百首を覚えるまでの CPU 時間（秒）")
    figure.legend(loc="outside upper center", ncols=2)
    return figure
