"""A matrix product laid out so that each entry stands where its row and its column meet."""

from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

from .style import DIVERGING, LUMINOUS, PAPER, QUIET, SEQUENTIAL, VERMILION

CELL = 0.163  # inches


def draw(
    left: Tensor,
    right: Tensor,
    names: tuple[str, str, str],
    entry: tuple[int, int],
    *,
    rows: Sequence[str],
    inner: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Figure:
    """Draw `left` [R, N], `right` [N, C] above it to the right, and their product between them.

    `names` are those of the left matrix, the right one and the product; `rows`, `inner` and
    `columns` are the labels of R, N and C. The row and the column that make one `entry` of
    the product are outlined, and so is the entry.
    """
    (r, n), c = left.shape, right.size(1)
    figure = Figure(figsize=(CELL * (n + c) + 1.1, CELL * (n + r) + 0.9))
    empty, above, beside, corner = figure.subplots(
        2, 2, width_ratios=(n, c), height_ratios=(n, r)
    ).flat
    signed = [bool((each < 0).any()) for each in (left, right, left @ right)]
    if not all(signed):
        figure.set_gid(LUMINOUS)
    _key(empty, signed)
    row, column = entry
    _matrix(above, right, names[1], inner, columns, (0, column, n, 1))
    _matrix(beside, left, names[0], rows, inner, (row, 0, 1, n))
    _matrix(corner, left @ right, names[2], rows, columns, (row, column, 1, 1))
    return figure


def _key(axes: Axes, signed: list[bool]) -> None:
    """What the colours mean, in the corner that no matrix fills."""
    for colours, meanings, shown in (
        (DIVERGING, {"負": 0.1, "0": 0.5, "正": 0.9}, any(signed)),
        (SEQUENTIAL, {"0": 0.0, "大": 1.0}, not all(signed)),
    ):
        for meaning, at in meanings.items() if shown else ():
            colour = mpl.colormaps[colours](at)
            axes.plot([], [], "s", color=colour, markeredgecolor=QUIET, label=meaning)
    columns = 1 if all(signed) or not any(signed) else 2
    axes.set_axis_off()
    axes.legend(loc="center", fontsize=11, handletextpad=0.2, title="色", ncols=columns)


def _matrix(
    axes: Axes,
    values: Tensor,
    name: str,
    rows: Sequence[str],
    columns: Sequence[str],
    outlined: tuple[int, int, int, int],
) -> None:
    """One matrix; `outlined` is the first row and column, the height and the width of an outline."""
    signed = bool((values < 0).any())
    largest = float(values.abs().max())
    axes.pcolormesh(
        values,
        cmap=DIVERGING if signed else SEQUENTIAL,
        vmin=-largest if signed else 0,
        vmax=largest,
        edgecolor=PAPER,
        linewidth=0.5,
    )
    row, column, height, width = outlined
    axes.add_patch(
        Rectangle((column, row), width, height, fill=False, edgecolor=VERMILION, linewidth=2)
    )
    axes.set(aspect="equal", title=name)
    axes.set_xticks([i + 0.5 for i in range(len(columns))], columns)
    axes.set_yticks([i + 0.5 for i in range(len(rows))], rows)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.tick_params(length=0, labelsize=11)
    axes.spines[:].set_visible(False)
