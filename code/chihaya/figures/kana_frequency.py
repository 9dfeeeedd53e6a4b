"""How often each kana stands in the poems."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from .style import BLUE


def draw(counts: Mapping[str, int]) -> Figure:
    """Bars in descending order, in two rows so that the kana stay legible on a phone."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    half = (len(ordered) + 1) // 2
    figure = Figure(figsize=(7.2, 4.4))
    for axes, part in zip(figure.subplots(2), (ordered[:half], ordered[half:]), strict=True):
        axes.bar([kana for kana, _ in part], [count for _, count in part], color=BLUE)
        axes.set(ylabel="回数", xlim=(-0.7, half - 0.3))
        axes.grid(visible=False, axis="x")
    return figure
