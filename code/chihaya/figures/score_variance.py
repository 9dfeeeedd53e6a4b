"""The variance of scores against the width of a head, without and with the division."""

from collections.abc import Sequence

from matplotlib.figure import Figure


def draw(widths: Sequence[int], before: Sequence[float], after: Sequence[float]) -> Figure:
    """Draw the variance of q·k (`before`) and of q·k / √d_k (`after`) at each of `widths`."""
    figure = Figure(figsize=(4.8, 3.4))
    axes = figure.subplots()
    axes.loglog(widths, before, marker="o", label=r"$q \cdot k$")
    axes.loglog(widths, after, marker="s", label=r"$q \cdot k / \sqrt{d_k}$")
    axes.set_xticks(widths, [str(width) for width in widths])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="一つのヘッドの幅 $d_k$", ylabel="得点の分散")
    axes.legend()
    return figure
