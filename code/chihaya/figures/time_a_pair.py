"""What a pair costs in a step of training, against the number of pairs there are."""

import statistics
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from .style import BLUE, QUIET


def draw(seconds: Mapping[int, Sequence[float]]) -> Figure:
    """seconds[n]: CPU seconds a pair when there are n pairs, measured several times."""
    figure = Figure(figsize=(4.8, 3.4))
    axes = figure.subplots()
    sizes = list(seconds)
    for size, found in seconds.items():
        axes.plot(
            [size] * len(found),
            [1e6 * each for each in found],
            color=QUIET,
            linestyle="none",
            marker="o",
            markersize=4,
            label="測った値" if size == sizes[0] else None,
        )
    middles = [1e6 * statistics.median(found) for found in seconds.values()]
    axes.plot(sizes, middles, color=BLUE, linestyle="-", marker="s", label="中央値")
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_ylim(0, 1.3 * max(1e6 * each for found in seconds.values() for each in found))
    axes.set(xlabel="対の数", ylabel="一対あたりの CPU 時間（マイクロ秒）")
    axes.legend(loc="lower right")
    return figure
