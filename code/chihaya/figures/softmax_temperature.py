"""Softmax from nearly sure to indifferent, as the temperature rises."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .style import QUIET


def draw(
    options: Sequence[str],
    temperatures: NDArray[np.float64],
    probabilities: NDArray[np.float64],
) -> Figure:
    """Draw the probabilities [T, N] of N options at each of the temperatures [T]."""
    figure = Figure(figsize=(4.8, 3.4))
    axes = figure.subplots()
    axes.axhline(1 / len(options), color=QUIET, linestyle="-", linewidth=0.8)
    for name, line in zip(options, probabilities.T, strict=True):
        axes.plot(temperatures, line, label=name)
    axes.set(xscale="log", ylim=(-0.02, 1.02), xlabel="温度 τ", ylabel="確率")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.legend()
    return figure
