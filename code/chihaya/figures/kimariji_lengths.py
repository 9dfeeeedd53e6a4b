"""How many poems have a 決まり字 of each length."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from .style import BLUE


def draw(counts: Mapping[int, int]) -> Figure:
    """A bar for each length (kana), its count of poems beside it."""
    lengths = sorted(counts)
    figure = Figure(figsize=(4.8, 2.8))
    axes = figure.subplots()
    bars = axes.barh(lengths, [counts[length] for length in lengths], color=BLUE)
    axes.bar_label(bars, padding=4)
    axes.set_yticks(lengths)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.set_xlabel("歌の数（首）")
    axes.set_ylabel("決まり字の長さ（文字）")
    return figure
