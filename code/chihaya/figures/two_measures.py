"""Two ways to count the poems a model knows, epoch by epoch."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from ..mirror import Epoch
from .style import BLUE, INK, PAPER, VERMILION


def draw(history: Sequence[Epoch], reported: Sequence[int] = ()) -> Figure:
    """Poems of a hundred: right with the answer given, and recited, after each epoch.

    reported: what a publication gives for epochs 1, 2, …, measured as the former.
    """
    epochs, teacher_forced, recited = zip(*history, strict=True)
    figure = Figure(figsize=(4.8, 4.0))
    axes = figure.subplots()
    axes.plot(
        epochs, teacher_forced, color=BLUE, linestyle="-", marker="o", markersize=8,
        markerfacecolor=PAPER,
        label="教師強制での正解（講演の測り方）",
    )  # fmt: skip
    if reported:
        axes.plot(
            range(1, len(reported) + 1), reported, color=INK, linestyle="none", marker="x",
            markersize=8, label="講演の報告",
        )  # fmt: skip
    axes.plot(
        epochs, recited, color=VERMILION, linestyle="--", marker="s", markersize=4,
        label="暗唱（上の句だけを聞いて）",
    )  # fmt: skip
    axes.set_ylim(-4, 104)
    axes.set_xlabel("学習（周）")
    axes.set_ylabel("歌の数（首）")
    figure.legend(loc="outside upper left")
    return figure
