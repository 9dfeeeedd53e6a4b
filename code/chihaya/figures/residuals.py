"""How far measurements lie from lines, each in its own standard errors."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from chihaya.power_law import Floats

from .style import BLUE, INK, PAPER, VERMILION

WITHIN = 1.96
"""Nineteen of twenty residuals should lie within."""


def draw(names: Sequence[str], residuals: Mapping[str, Floats]) -> Figure:
    """residuals[line][i]: how many standard errors measurement `names[i]` lies above that line.

    Of two lines the first has open squares, the second filled circles.
    """
    figure = Figure(figsize=(4.8, 4.2))
    axes = figure.subplots()
    axes.axvspan(-WITHIN, WITHIN, color=VERMILION, alpha=0.15, label="20 点のうち 19 点が入る幅")
    axes.axvline(0, color=INK, linestyle="-", linewidth=1.2)
    for (line, heights), marker, face in zip(residuals.items(), "so", (PAPER, BLUE), strict=True):
        axes.plot(
            heights,
            range(len(names)),
            color=BLUE,
            marker=marker,
            markerfacecolor=face,
            linestyle="none",
            label=line,
        )
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel("残差 z（標準誤差を単位とする）")
    figure.legend(loc="outside upper center", ncols=1)
    return figure
