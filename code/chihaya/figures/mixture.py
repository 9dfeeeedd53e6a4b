"""What attention puts out, as a point between the values that it mixes: in two dimensions."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from torch import Tensor

from .style import BLUE, GRID, VERMILION


def draw(values: Tensor, outputs: Tensor, tokens: Sequence[str]) -> Figure:
    """Draw three `values` [3, 2] as the corners of a triangle and the `outputs` [3, 2] within."""
    figure = Figure(figsize=(4.2, 3.8))
    axes = figure.subplots()
    axes.add_patch(Polygon(values.tolist(), facecolor=GRID, alpha=0.5))
    for points, colour, marker, label, name in (
        (values, BLUE, "o", "値", "$v$"),
        (outputs, VERMILION, "s", "出力", "$o$"),
    ):
        axes.plot(*points.T.tolist(), linestyle="", marker=marker, color=colour, label=label)
        for (x, y), token in zip(points.tolist(), tokens, strict=True):
            axes.annotate(f"{name}{token}", (x, y), (6, 5), textcoords="offset points")
    axes.set(aspect="equal", xlabel="成分 1", ylabel="成分 2")
    axes.margins(0.2)
    axes.legend(loc="lower left")
    return figure
