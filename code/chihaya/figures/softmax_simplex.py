"""All distributions over three options as a triangle, and the height of an objective on it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .style import INK, LUMINOUS, PAPER, SEQUENTIAL, VERMILION

CORNERS = np.array([(0, 0), (1, 0), (0.5, 0.75**0.5)])
"""Where a distribution that is sure of one option stands, for each of the three."""


def draw(
    options: Sequence[str],
    distributions: NDArray[np.float64],
    values: NDArray[np.float64],
    top: NDArray[np.float64],
) -> Figure:
    """Draw level curves of values [N] at distributions [N, 3], and one distribution, top [3]."""
    x, y = (distributions @ CORNERS).T
    figure = Figure(figsize=(4.8, 4.3))
    figure.set_gid(LUMINOUS)
    axes = figure.subplots()
    field = axes.tricontourf(x, y, values, levels=14, cmap=SEQUENTIAL)
    axes.tricontour(x, y, values, levels=14, colors=PAPER, linewidths=0.6)
    figure.colorbar(field, label="得点の平均 + エントロピー", shrink=0.8)
    axes.plot(*top @ CORNERS, marker="*", markersize=18, color=VERMILION, markeredgecolor=PAPER)
    axes.annotate("softmax", top @ CORNERS, (12, 6), textcoords="offset points", color=INK)
    for name, corner, place in zip(options, CORNERS, ("top", "top", "bottom"), strict=True):
        axes.text(corner[0], corner[1], f" {name} ", ha="center", va=place, fontsize=14)
    axes.set_aspect("equal")
    axes.set_axis_off()
    return figure
