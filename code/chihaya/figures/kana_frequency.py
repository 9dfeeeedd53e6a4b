"""How often each kana stands in the poems."""

import math
from collections.abc import Mapping

from matplotlib.figure import Figure

from .style import BLUE


def draw(counts: Mapping[str, int]) -> Figure:
    """Bars in descending order, in three rows so that the kana stay legible on a phone."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    third = math.ceil(len(ordered) / 3)
    figure = Figure(figsize=(4.8, 5.4))
    for row, axes in enumerate(figure.subplots(3)):
        part = ordered[row * third : (row + 1) * third]
        axes.bar([kana for kana, _ in part], [count for _, count in part], color=BLUE)
        axes.set(ylabel="回数", xlim=(-0.7, third - 0.3))
        axes.grid(visible=False, axis="x")
    return figure
