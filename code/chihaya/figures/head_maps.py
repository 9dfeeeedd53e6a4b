"""The attention weights of the heads of one layer, side by side."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from torch import Tensor

from .style import LUMINOUS, PAPER, SEQUENTIAL


def draw(weights: Tensor, tokens: Sequence[str]) -> Figure:
    """Draw `weights` [H, L, L], H even: a map for each head, two in a row, on one scale from 0 to 1."""
    figure = Figure(figsize=(4.8, 1.2 + 1.05 * len(weights)))
    figure.set_gid(LUMINOUS)
    panels = figure.subplots(len(weights) // 2, 2)
    ticks = [position + 0.5 for position in range(len(tokens))]
    for number, (axes, head) in enumerate(zip(panels.flat, weights, strict=True), start=1):
        image = axes.pcolormesh(
            head, cmap=SEQUENTIAL, vmin=0, vmax=1, edgecolor=PAPER, linewidth=0.5
        )
        axes.set(aspect="equal", title=f"ヘッド {number}")
        axes.set_xticks(ticks, tokens)
        axes.set_yticks(ticks, tokens)
        axes.invert_yaxis()
        axes.grid(visible=False)
        axes.tick_params(length=0, labelsize=10.5)
        axes.spines[:].set_visible(False)
    figure.colorbar(image, ax=panels, label="注意の重み", location="bottom", shrink=0.7, aspect=30)
    return figure
