"""Scores or weights between tokens as a heat map, with their values in the cells."""

import math
from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.colors import Normalize, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

from .style import DIVERGING, GRID, INK, LUMINOUS, PAPER, SEQUENTIAL


def draw(scores: Tensor, tokens: Sequence[str], title: str, *, digits: int) -> Figure:
    """Draw `scores` [L, L]: a row for each token that asks, a column for each that is asked.

    Amounts get the sequential colours, signed values the diverging ones; minus infinity,
    the masked score, is grey. Values are written with `digits` decimals.
    """
    finite = scores[scores.isfinite()]
    signed = bool((finite < 0).any())
    largest = float(finite.abs().max())
    norm = Normalize(-largest if signed else 0, largest)
    colours = mpl.colormaps[DIVERGING if signed else SEQUENTIAL]

    figure = Figure(figsize=(4.6, 4.7))
    figure.set_gid(LUMINOUS)
    axes = figure.subplots()
    for row, values in enumerate(scores.tolist()):
        for column, value in enumerate(values):
            masked = value == -math.inf
            fill = to_rgb(GRID if masked else colours(norm(value)))
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill, edgecolor=PAPER)
            )
            label = "−∞" if masked else f"{value:.{digits}f}"
            axes.text(column, row, label, ha="center", va="center", fontsize=10.5, color=_ink(fill))
    size = len(tokens)
    axes.set(xlim=(-0.5, size - 0.5), ylim=(size - 0.5, -0.5), aspect="equal", title=title)
    axes.set_xticks(range(size), tokens)
    axes.set_yticks(range(size), tokens)
    axes.set(xlabel="鍵（見られる語）", ylabel="問い合わせ（見る語）")
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return figure


def _ink(fill: tuple[float, float, float]) -> str:
    """Dark or light text, whichever stands out from `fill` (luminance after ITU-R BT.601)."""
    red, green, blue = fill
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else PAPER
