"""What the model would say after each sub-layer, were it the last: probabilities of a few kana."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from .style import BLUE, GREEN, VERMILION

STYLES = ((BLUE, "--", "s"), (VERMILION, "-", "o"), (GREEN, "-.", "^"))


def draw(stages: Sequence[str], shares: Mapping[str, Sequence[float]]) -> Figure:
    """Draw for each kana its probability after each of `stages`, the first at the left."""
    figure = Figure(figsize=(4.8, 3.6))
    axes = figure.subplots()
    places = range(len(stages))
    for (kana, values), (colour, line, marker) in zip(shares.items(), STYLES, strict=False):
        axes.plot(places, values, color=colour, linestyle=line, marker=marker, label=f"「{kana}」")
    axes.set_xticks(places, stages, rotation=90)
    axes.set(ylim=(-0.03, 1.05), ylabel="そこで終われば言う確率")
    axes.legend()
    return figure
