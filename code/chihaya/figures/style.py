"""What all figures share: fonts, colours, line widths, and SVG that is the same at every run."""

import matplotlib as mpl
import matplotlib_fontja
from cycler import cycler

INK = "#2b2d33"
PAPER = "#ffffff"
QUIET = "#8a8f98"
GRID = "#dfe2e7"
CARD_PAPER, CARD_INK, CARD_EDGE = "#fdfaf1", "#25272c", "#2c5b47"
"""A karuta card's; ink and edge are the pages' own (book/_theme/palette.css)."""
# Okabe and Ito's palette, told apart with any colour vision (https://jfly.uni-koeln.de/color/):
BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#e69f00",
    "#cc79a7",
    "#56b4e9",
)
SERIES = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)
SEQUENTIAL = "cividis"
"""Colour map of amounts; made for colour-blind readers, and even in print without colour."""
LUMINOUS = "luminous"
"""The id of a figure in which bright means much, or that writes on colours: so it stays in the dark."""
DIVERGING = "PuOr"
"""Colour map of signed values, white at zero."""
LINE_STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))


def use_style() -> None:
    """Set the book's style for every figure drawn from here on; in a notebook, as SVG and PNG.

    The paper is white in either theme, and text is drawn as outlines, so that a figure
    looks the same in light, dark and print whatever fonts the reader has.
    """
    matplotlib_fontja.japanize()
    mpl.rcParams.update(
        {
            "figure.figsize": (4.8, 3.6),  # inches: on a phone, text of 11 points has 11 pixels
            "figure.facecolor": PAPER,
            "savefig.facecolor": PAPER,
            "savefig.pad_inches": 0.04,
            "figure.constrained_layout.use": True,
            "text.color": INK,
            "axes.edgecolor": INK,
            "axes.labelcolor": INK,
            "axes.titlesize": "medium",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=SERIES, linestyle=LINE_STYLES),
            "axes.unicode_minus": False,
            "grid.color": GRID,
            "grid.linewidth": 0.8,
            "lines.linewidth": 1.8,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
            "font.size": 11,
            "image.cmap": SEQUENTIAL,
            "svg.hashsalt": "chihaya",  # the same ids at every run
        }
    )
    _draw_svg_inline()


def _draw_svg_inline() -> None:
    """Show figures as SVG without a date, where there is a notebook to show them in.

    JupyterLab shows the SVG of a notebook that somebody else ran only when asked to trust it:
    so there is a PNG, too.
    """
    try:
        from IPython import get_ipython
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ImportError:
        return
    if get_ipython() is not None:
        set_matplotlib_formats("svg", "png", metadata={"Date": None})
