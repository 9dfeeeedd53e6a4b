"""The upper verses as a tree of kana, down to where each is the only one left."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rapidfuzz.distance import Prefix

from ..poems import Poem
from .style import BLUE, INK, PAPER, QUIET

COLUMNS = 3
WIDTH = 7.6  # of a column, in kana
GAP = 0.7  # between trees, in rows


def draw(poems: Sequence[Poem]) -> Figure:
    """A tree for each first kana, a row for each poem: its 決まり字 from left to right.

    Kana in common are written once. The last kana of a 決まり字 stands in a disc, the number of
    the poem behind it. First kana come in the order of how many poems they begin.
    """
    begun = Counter(poem.kimariji[0] for poem in poems)
    ordered = sorted(poems, key=lambda poem: (begun[poem.kimariji[0]], poem.kimariji))
    trees = [list(tree) for _, tree in groupby(ordered, key=lambda poem: poem.kimariji[0])]
    total = len(poems) + GAP * len(trees)  # height of all trees, in rows
    figure = Figure(figsize=(4.5, 8.4))
    axes = figure.subplots()
    tops = [0.0] * COLUMNS
    above = 0.0
    for tree in trees:
        height = len(tree) + GAP
        column = int(COLUMNS * (above + height / 2) / total)
        _draw_tree(axes, tree, column * WIDTH, tops[column])
        tops[column] += height
        above += height
    axes.set_xlim(-0.6, COLUMNS * WIDTH - 0.4)
    axes.set_ylim(max(tops), -0.8)
    axes.set_axis_off()
    return figure


def _draw_tree(axes: Axes, tree: Sequence[Poem], left: float, top: float) -> None:
    """Each kana stands in the row of the first poem that has it, lines lead to the later ones."""
    rows: list[float] = []  # of the kana that lead to the poem at hand
    before = ""
    for row, poem in enumerate(tree):
        y = top + row
        shared = Prefix.similarity(before, poem.kimariji)
        if shared:
            x = left + shared - 1
            axes.plot([x, x, x + 1], [rows[shared - 1], y, y], color=QUIET, linewidth=1, ls="-")
        end = left + len(poem.kimariji) - 1
        axes.plot([left + shared, end], [y, y], color=QUIET, linewidth=1, ls="-")
        rows[shared:] = [y] * (len(poem.kimariji) - shared)
        for x, kana in enumerate(poem.kimariji[shared:], start=shared):
            last = x == len(poem.kimariji) - 1
            axes.text(
                left + x, y, kana, ha="center", va="center", color=PAPER if last else INK,
                bbox={"boxstyle": "circle,pad=0.12", "facecolor": BLUE if last else PAPER, "linewidth": 0},
            )  # fmt: skip
        axes.text(end + 0.75, y, str(poem.no), va="center", size=10.3)
        before = poem.kimariji
