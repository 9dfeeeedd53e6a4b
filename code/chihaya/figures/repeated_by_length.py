"""The share of strings repeated whole against their length, model by model, seed by seed."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from .style import BLUE, GREEN, VERMILION

STYLES = ((VERMILION, "--", "s"), (BLUE, "-.", "^"), (GREEN, "-", "o"))


def draw(lengths: Sequence[int], shares: Mapping[str, Sequence[Sequence[float]]]) -> Figure:
    """Draw for each named model the mean of its seeds as a line, and each seed as a pale mark."""
    figure = Figure(figsize=(4.8, 3.8))
    axes = figure.subplots()
    for (name, seeds), (colour, line, marker) in zip(shares.items(), STYLES, strict=True):
        for each in seeds:
            axes.plot(lengths, each, linestyle="", marker=marker, color=colour, alpha=0.35)
        mean = [sum(each) / len(seeds) for each in zip(*seeds, strict=True)]
        axes.plot(lengths, mean, color=colour, linestyle=line, marker=marker, label=name)
    axes.set_xticks(lengths)
    axes.set(
        ylim=(-0.03, 1.05), xlabel="文字列の長さ（文字）", ylabel="一字も違えずに繰り返した割合"
    )
    figure.legend(loc="outside upper center", ncols=2)
    return figure
