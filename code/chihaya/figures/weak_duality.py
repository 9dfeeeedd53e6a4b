"""The best plan and the lowest price found so far: two values that close in on each other."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .style import BLUE, GRID, INK, VERMILION


def draw(gains: NDArray[np.float64], totals: NDArray[np.float64], optimum: float) -> Figure:
    """Draw what plans gain and what prices come to, each [N], in the order they were tried.

    optimum is the value at which the best plan and the best prices meet.
    """
    tries = np.arange(1, len(gains) + 1)
    best, lowest = np.maximum.accumulate(gains), np.minimum.accumulate(totals)
    figure = Figure(figsize=(4.8, 3.6))
    axes = figure.subplots()
    axes.fill_between(tries, best, lowest, step="post", color=GRID)
    axes.step(tries, lowest, "--", where="post", color=VERMILION, label="値付けの総額の最低")
    axes.axhline(optimum, color=INK, linestyle=":", linewidth=1, label="二つの問題の最適値")
    axes.step(tries, best, "-", where="post", color=BLUE, label="計画の枚数の最高")
    axes.set(xscale="log", xlim=(1, len(tries)), xlabel="試した案の数", ylabel="札（枚）")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.legend(loc="upper right")
    return figure
