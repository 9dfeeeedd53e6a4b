"""By which way what decides a poem gets to the decoder, for models of several seeds."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from .style import BLUE, GRID, INK, ORANGE, PAPER


def draw(
    seeds: Sequence[int], before: Sequence[int], last: Sequence[int], neither: Sequence[int]
) -> Figure:
    """A bar for each seed: how many answers follow the vectors before, the last one, or neither."""
    figure = Figure(figsize=(4.8, 3.2))
    axes = figure.subplots()
    left = [0] * len(seeds)
    for label, counts, colour, ink in (
        ("前のベクトルに従う", before, BLUE, PAPER),
        ("最後のベクトルに従う", last, ORANGE, INK),
        ("どちらでもない", neither, GRID, INK),
    ):
        bars = axes.barh(seeds, counts, left=left, color=colour, edgecolor=INK, label=label)
        axes.bar_label(bars, [count or "" for count in counts], label_type="center", color=ink)
        left = [sum(each) for each in zip(left, counts, strict=True)]
    axes.set_yticks(seeds, [f"種 {seed}" for seed in seeds])
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.set_xlabel("歌の数（首）")
    figure.legend(loc="outside upper center", ncols=2)
    return figure
