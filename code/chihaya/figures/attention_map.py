"""A heat map of attention weights: a row for each token that asks, a column for each that is asked."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from torch import Tensor

from .style import LUMINOUS, SEQUENTIAL

CELL = 0.18  # inches


def draw(weights: Tensor, rows: Sequence[str], columns: Sequence[str], title: str) -> Figure:
    """Draw the weights [len(rows), len(columns)], each row summing to one, as a heat map."""
    width = 1.7 + CELL * len(columns)
    figure = Figure(figsize=(width, 1.4 + CELL * len(rows)))
    figure.set_gid(LUMINOUS)
    axes = figure.subplots()
    image = axes.imshow(weights.numpy(), cmap=SEQUENTIAL, vmin=0)
    axes.grid(visible=False)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.set(title=title, xlabel="聞いた上の句", ylabel="唱える下の句")
    figure.colorbar(image, label="注意の重み", shrink=0.8)
    return figure
