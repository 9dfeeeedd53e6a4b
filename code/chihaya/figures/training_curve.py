"""How a Reciter learned: the loss of each checked step, and the poems it recited then."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from chihaya.recital import Check

from .style import BLUE, GREEN, VERMILION


def draw(history: Sequence[Check]) -> Figure:
    """Loss above, poems recited below."""
    figure = Figure(figsize=(4.8, 4.8))
    above, below = figure.subplots(2, sharex=True)
    steps = [check.step for check in history]
    above.plot(steps, [check.loss for check in history], color=BLUE)
    above.set(ylabel="損失（nat／文字，対数）", yscale="log")
    for label, counts, colour, marker in (
        ("上の句全体から", [check.full for check in history], VERMILION, "o"),
        ("決まり字から", [check.kimariji for check in history], GREEN, "s"),
    ):
        below.plot(steps, counts, label=label, color=colour, marker=marker)
    below.set(
        xlabel="学習の歩数",
        ylabel="暗唱できた歌（首）",
        ylim=(0, 1.06 * max(check.full for check in history) or 1),
    )
    below.legend(loc="lower left")
    return figure
