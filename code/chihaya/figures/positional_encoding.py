"""The positional encoding as curves, as a heat map, and as likeness of positions."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from torch import Tensor

from .style import DIVERGING, LUMINOUS, SEQUENTIAL


def draw_curves(encoding: Tensor, dimensions: Sequence[int]) -> Figure:
    """A curve for each of the dimensions; encoding [length, d_model]."""
    figure = Figure()
    axes = figure.subplots()
    for dimension in dimensions:
        axes.plot(encoding[:, dimension], label=f"成分 {dimension}")
    axes.set(xlabel="位置 pos（文字）", ylabel="値 PE", ylim=(-1.1, 1.1))
    figure.legend(loc="outside upper center", ncols=3)
    return figure


def draw_heat_map(encoding: Tensor) -> Figure:
    """Every value of the encoding [length, d_model], a row a position."""
    figure = Figure()
    axes = figure.subplots()
    image = axes.imshow(encoding.numpy(), cmap=DIVERGING, vmin=-1, vmax=1, aspect="auto")
    axes.grid(visible=False)
    axes.set(xlabel="成分（偶数は正弦，奇数は余弦）", ylabel="位置 pos（文字）")
    figure.colorbar(image, label="値 PE")
    return figure


def draw_likeness(likeness: Tensor) -> Figure:
    """The inner product of every two positions, [length, length]."""
    figure = Figure(figsize=(4.8, 4.1))
    figure.set_gid(LUMINOUS)
    axes = figure.subplots()
    image = axes.imshow(likeness.numpy(), cmap=SEQUENTIAL)
    axes.grid(visible=False)
    axes.set(xlabel="位置 pos（文字）", ylabel="位置 pos（文字）")
    figure.colorbar(image, label="内積")
    return figure
