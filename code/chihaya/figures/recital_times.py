"""How long each way takes to recite, as a multiple of the first: in one batch, and one by one."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .style import BLUE, INK, VERMILION


def draw(ways: Sequence[str], times: Mapping[str, Sequence[float]]) -> Figure:
    """times[how][i]: what way i takes when asked so, the first way being 1. Two ways to ask."""
    figure = Figure(figsize=(4.8, 0.9 + 0.75 * len(ways)))
    axes = figure.subplots()
    rows = np.arange(len(ways))
    thickness = 0.36
    for offset, colour, hatch, (how, lengths) in zip(
        (-thickness / 2, thickness / 2), (BLUE, VERMILION), ("", "///"), times.items(), strict=True
    ):
        bars = axes.barh(
            rows + offset,
            lengths,
            thickness,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=how,
        )
        axes.bar_label(bars, fmt="%.1f", padding=3, color=INK)
    axes.axvline(1, color=INK, linewidth=1.2, linestyle="--")
    axes.set_yticks(rows, ways)
    axes.margins(x=0.12)
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("かかる時間の倍率（この本のモデルを 1 とする）")
    figure.legend(loc="outside upper center", ncols=2)
    return figure
