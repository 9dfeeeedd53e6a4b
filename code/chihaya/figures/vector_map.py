"""Vectors as points in the plane of their two widest directions, all panels on one scale."""

import math
from collections.abc import Mapping, Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor

from .style import BLUE


def flat(vectors: Tensor) -> Tensor:
    """Vectors [N, D], from their mean, in the two directions in which they spread most: [N, 2].

    Directions have no sign of their own: the component that is largest in size is made positive.
    """
    centred = vectors - vectors.mean(dim=0)
    _, _, directions = torch.linalg.svd(centred.double(), full_matrices=False)
    plane = directions[:2]  # [2, D]
    largest = plane.gather(1, plane.abs().argmax(dim=1, keepdim=True))
    return centred.double() @ (plane * largest.sign()).T


def draw(panels: Mapping[str, Tensor], names: Sequence[str]) -> Figure:
    """Draw the vectors [N, D] of each panel under its title; the last is large and has `names`."""
    figure = Figure(figsize=(4.8, 5.6))
    *small, _ = panels
    grid = figure.add_gridspec(2, len(small), height_ratios=(1, 2.3))
    whole = figure.add_subplot(grid[1, :])
    above = [
        figure.add_subplot(grid[0, number], sharex=whole, sharey=whole)
        for number in range(len(small))
    ]
    for axes, (title, vectors) in zip((*above, whole), panels.items(), strict=True):
        x, y = flat(vectors).T.tolist()
        axes.plot(x, y, linestyle="", marker="o", markersize=4, color=BLUE)
        axes.set(title=title, aspect="equal")
        axes.margins(0.15)
    points = list(zip(x, y, strict=True))
    for point, name in zip(points, names, strict=True):
        others = (other for other in points if other != point)
        _, nearest = min(others, key=lambda other: math.dist(other, point), default=point)
        below = nearest > point[1]  # the name keeps out of its neighbour's way
        axes.annotate(
            name,
            point,
            (0, -4 if below else 4),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=10,
        )
    return figure
