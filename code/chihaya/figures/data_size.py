"""How well models of several sizes predict, against the amount of data they learned from."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from chihaya.power_law import Floats

from .style import LINE_STYLES, SERIES

MARKERS = "os^D"


def draw(sizes: Sequence[int], nats: Mapping[int, Floats], spread: Mapping[int, Floats]) -> Figure:
    """nats[context][i]: mean cross entropy a kana when `context` kana are seen, after `sizes[i]` poems.

    spread[context][i]: by how much it varies with the poems that are held out.
    """
    figure = Figure(figsize=(4.8, 4.4))
    axes = figure.subplots()
    for (context, heights), colour, style, marker in zip(
        nats.items(), SERIES, LINE_STYLES, MARKERS, strict=False
    ):
        label = f"前の {context} 文字を見る" if context else "前を見ない"
        axes.plot(sizes, heights, color=colour, linestyle=style, marker=marker, label=label)
        axes.vlines(sizes, heights - spread[context], heights + spread[context], color=colour)
    axes.set(xlabel="数えた歌の数（首）", ylabel="交差エントロピー（nat／文字）")
    axes.set_xticks(sizes)
    axes.legend(loc="upper right", handlelength=3.5)
    return figure
