"""Recall against the number of kana heard, between what is certain and what is possible."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from .style import BLUE, GRID, INK, QUIET


def draw(
    lengths: Sequence[int], model: Sequence[int], ceiling: Sequence[int], determined: Sequence[int]
) -> Figure:
    """Three counts of poems for each of `lengths`, the kana heard of the upper verse.

    model: poems that the model recites; ceiling: beginnings of that length, the most that any
    listener can recite; determined: poems whose 決まり字 has been heard.
    """
    figure = Figure(figsize=(4.8, 4.0))
    axes = figure.subplots()
    axes.fill_between(lengths, determined, ceiling, color=GRID)
    axes.plot(lengths, ceiling, color=INK, linestyle="--", marker="^", label="理論上の天井")
    axes.plot(
        lengths, model, color=BLUE, linestyle="-", marker="o", linewidth=3, label="モデルの暗唱"
    )
    axes.plot(
        lengths, determined, color=QUIET, linestyle="-.", marker="s", label="決まり字を聞いた歌"
    )
    axes.set_xticks(lengths)
    axes.set_ylim(0, max(ceiling) * 1.05)
    axes.set_xlabel("聞いた上の句の長さ（文字）")
    axes.set_ylabel("歌の数（首）")
    axes.legend(loc="lower right", handlelength=3.5)
    return figure
