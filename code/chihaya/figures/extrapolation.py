"""Curves over the measurements, where they agree, and beyond, where they part."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from chihaya.power_law import Floats

from .model_size_accuracy import Measurement, draw_measurements
from .style import GREEN, GRID, INK, PURPLE, QUIET, VERMILION


def draw(
    rows: Sequence[Measurement], sizes: Floats, curves: Mapping[str, Floats], chance: float
) -> Figure:
    """Each curve (percent at each of `sizes`) over the measurements, whose range is shaded."""
    figure = Figure(figsize=(4.8, 4.6))
    axes = figure.subplots()
    axes.axvspan(rows[0].parameters, rows[-1].parameters, color=GRID, alpha=0.6)
    draw_measurements(axes, rows)
    for (name, curve), colour, style in zip(
        curves.items(), (VERMILION, GREEN, PURPLE), ("-", "--", "-."), strict=True
    ):
        axes.plot(sizes, curve, color=colour, linestyle=style, label=name)
    axes.axhline(chance, color=QUIET, linestyle=":", linewidth=1.4)
    axes.annotate(
        f"偶然 {chance:.0f} %",
        (0, chance),
        xycoords=("axes fraction", "data"),
        xytext=(4, -14),
        textcoords="offset points",
    )
    axes.annotate(
        "測定のある範囲",
        ((rows[0].parameters * rows[-1].parameters) ** 0.5, 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        color=INK,
    )
    axes.set_xlim(sizes[0], sizes[-1])
    axes.legend(loc="upper right")
    return figure
