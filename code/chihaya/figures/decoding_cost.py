"""The work of each step of a recitation, all computed again against keys and values kept."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from .style import BLUE, GRID, VERMILION


def draw(said: Sequence[str], anew: Sequence[int], kept: Sequence[int]) -> Figure:
    """Multiplications at each step, in ten thousands; `said`: what the step says.

    anew: when every position is computed again; kept: with the cache. Shaded: what it saves.
    """
    steps = range(1, len(said) + 1)
    high, low = ([count / 10_000 for count in counts] for counts in (anew, kept))
    figure = Figure(figsize=(4.8, 3.8))
    axes = figure.subplots()
    axes.fill_between(steps, low, high, color=GRID)
    axes.plot(
        steps, high, color=VERMILION, linestyle="--", marker="s", label="毎回，初めから計算し直す"
    )
    axes.plot(steps, low, color=BLUE, linestyle="-", marker="o", label="鍵と値を取っておく")
    axes.set_xticks(steps, said)
    axes.set_ylim(0, max(high) * 1.25)  # room for the legend
    axes.set(xlabel="その一歩で言うもの", ylabel="掛け算の数（万回）")
    axes.legend(loc="upper left", handlelength=3.5)
    return figure
