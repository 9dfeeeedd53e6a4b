"""A heat map of which answers change when a given kana is changed."""

from matplotlib.figure import Figure
from torch import Tensor

from .style import LUMINOUS, SEQUENTIAL


def draw(influence: Tensor, kana: str) -> Figure:
    """Draw `mirror.influence`, [N, N] for the N kana given: a row an answer, a column a kana changed."""
    figure = Figure(figsize=(4.8, 4.4))
    figure.set_gid(LUMINOUS)
    axes = figure.subplots()
    image = axes.imshow(influence.numpy(), cmap=SEQUENTIAL, vmin=0, vmax=1)
    axes.grid(visible=False)
    axes.set_xticks(range(len(kana)), list(kana))
    axes.set_yticks(range(len(kana)), list(kana))
    axes.set_xlabel("替えて与えた文字")
    axes.set_ylabel("答えの位置")
    figure.colorbar(image, label="答えが変わった割合", shrink=0.8)
    return figure
