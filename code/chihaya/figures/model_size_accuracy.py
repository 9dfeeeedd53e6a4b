"""Human accuracy at telling model-written news, against the model's size.

After Fig. 3.13 of Brown et al. (2020), https://arxiv.org/abs/2005.14165, from its Table 3.11.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chihaya.power_law import PowerLaw

from .style import BLUE, INK, QUIET, VERMILION


class Measurement(NamedTuple):
    """One row of the table: a model, its size, and what its readers answered (percent)."""

    model: str
    parameters: float
    accuracy: float
    low: float
    """Lower end of the 95 % interval of the accuracy."""
    high: float
    """Upper end."""
    unknown: float
    """Answers “I don't know”, which the accuracy leaves out."""


def draw(rows: Sequence[Measurement], control: float, chance: float, law: PowerLaw) -> Figure:
    """The measurements, the two dashed lines, and the fitted law with its 95 % band."""
    figure = Figure(figsize=(4.8, 4.6))
    axes = figure.subplots()
    sizes = np.geomspace(rows[0].parameters / 1.6, rows[-1].parameters * 1.6, 101)
    axes.fill_between(
        sizes, *law.interval(sizes), color=VERMILION, alpha=0.18, label="当てはめの 95 % 区間"
    )
    axes.plot(sizes, law(sizes), color=VERMILION, linestyle="-", label="べき乗則の当てはめ")
    draw_measurements(axes, rows)
    for row in rows:
        axes.annotate(
            row.model.removeprefix("GPT-3 "),
            (row.parameters, row.high),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
    for height, name, gap in ((control, "対照モデル", 4), (chance, "偶然", -14)):
        axes.axhline(height, color=QUIET, linestyle="--", linewidth=1.4)
        axes.annotate(
            f"{name} {height:.0f} %",
            (0, height),
            xycoords=("axes fraction", "data"),
            xytext=(4, gap),
            textcoords="offset points",
        )
    axes.set(ylim=(43, 92), xlim=(sizes[0], sizes[-1]))
    axes.legend(loc="upper right", bbox_to_anchor=(1, 0.84))
    return figure


def draw_measurements(axes: Axes, rows: Sequence[Measurement]) -> None:
    """Points with bars for their 95 % intervals; size on a logarithmic axis."""
    accuracy = np.array([row.accuracy for row in rows])
    axes.errorbar(
        [row.parameters for row in rows],
        accuracy,
        yerr=(
            accuracy - [row.low for row in rows],
            [row.high for row in rows] - accuracy,
        ),
        color=BLUE,
        ecolor=INK,
        linestyle="none",
        marker="o",
        capsize=3,
        elinewidth=1.2,
        label="測定値と 95 % 区間",
    )
    axes.set(xscale="log", xlabel="パラメータの数（個）", ylabel="人の正答率（%）")
