"""What is foretold of poems that were learned and of others, step by step of the training."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from .style import BLUE, INK, QUIET, VERMILION


def draw(
    steps: Sequence[int],
    seen: Sequence[float],
    unseen: Sequence[float],
    counter: float,
    uniform: float,
) -> Figure:
    """Cross entropy (nats a kana) after each of `steps`; level lines: one who counts, one who guesses."""
    figure = Figure(figsize=(4.8, 4.0))
    axes = figure.subplots()
    axes.plot(steps, unseen, color=VERMILION, linestyle="-", marker="o", label="学んでいない歌")
    axes.plot(steps, seen, color=BLUE, linestyle="--", marker="s", label="学んだ歌")
    axes.axhline(uniform, color=QUIET, linestyle=":", label="どの仮名も等しいとする")
    axes.axhline(counter, color=INK, linestyle="-.", label="数えるだけのモデル")
    axes.set(xlabel="学習の歩数", ylabel="交差エントロピー（nat／文字）")
    axes.set_ylim(0, max(unseen) * 1.05)
    figure.legend(loc="outside upper center", ncols=2, handlelength=3.5)
    return figure
