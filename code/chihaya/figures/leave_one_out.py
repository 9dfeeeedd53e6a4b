"""A fitted exponent and its interval with one measurement after another left out."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from chihaya.power_law import PowerLaw

from .style import BLUE, INK, VERMILION


def draw(left_out: Sequence[str], laws: Sequence[PowerLaw], whole: PowerLaw) -> Figure:
    """The exponent and its 95 % interval without each of `left_out`, beside that of all of them."""
    figure = Figure(figsize=(4.8, 4.2))
    axes = figure.subplots()
    axes.axvspan(*whole.b_interval, color=VERMILION, alpha=0.15)
    axes.axvline(whole.b, color=VERMILION, linestyle="-", label="すべての測定値")
    axes.axvline(0, color=INK, linestyle="--", linewidth=1.2, label="大きさによらない")
    exponents = [law.b for law in laws]
    reach = [law.b_interval[1] - law.b for law in laws]
    axes.errorbar(
        exponents,
        range(len(laws)),
        xerr=reach,
        color=BLUE,
        ecolor=INK,
        linestyle="none",
        marker="o",
        capsize=3,
        elinewidth=1.2,
        label="一つ外したとき",
    )
    axes.set_yticks(range(len(laws)), [f"{name} を外す" for name in left_out])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("指数 b（横棒と帯は 95 % 区間）")
    figure.legend(loc="outside upper center", ncols=2)
    return figure
