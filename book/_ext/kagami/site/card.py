"""The picture that goes with a link to the book, and its icon for where an SVG is not understood.

The card shows the title over its mirror image, as the cover does.
"""

from pathlib import Path

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from PIL import Image, ImageDraw
from sphinx.application import Sphinx

from kagami.japanese.faces import FACES
from kagami.site.theme import colour

WIDTH, HEIGHT = 1200, 630
PAPER, INK, QUIET, CRIMSON = map(colour, ("paper", "ink", "quiet", "crimson"))
REFLECTION = 0.35  # how much of its colour the second pane of the sign keeps


def draw_card(title: str, subtitle: str) -> Figure:
    """The card, one unit a pixel, from the lower left."""
    mincho = FontProperties(fname=FACES["mincho-titles"].font)
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    middle, water = WIDTH / 2, 318
    letters = TextPath((0, 0), title, size=118, prop=mincho)
    box = letters.get_extents()
    above = Affine2D().translate(middle - (box.x0 + box.x1) / 2, 12 - box.y0)
    for shade, mirror in ((INK, 1), (QUIET, -0.9)):
        place = above + Affine2D().scale(1, mirror).translate(0, water) + axes.transData
        axes.add_patch(PathPatch(letters, facecolor=shade, linewidth=0, transform=place))
    mist = np.ones((100, 1, 4)) * to_rgba(PAPER)
    mist[:, 0, 3] = np.linspace(0.62, 1, 100)  # the image fades with its distance from the water
    axes.imshow(mist, extent=(0, WIDTH, water - 150, water), aspect="auto", zorder=2)
    axes.plot((middle - 480, middle + 480), (water, water), color=CRIMSON, linewidth=1.5)
    axes.text(middle, 118, subtitle, color=QUIET, size=23, font=mincho, ha="center", va="center")
    for left, alpha in ((middle - 30, 1), (middle + 4, REFLECTION)):
        axes.fill_between((left, left + 26), 508, 576, color=CRIMSON, alpha=alpha, linewidth=0)
    axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    return figure


def draw_icon() -> Image.Image:
    """The sign of favicon.svg on 32 by 32 pixels."""
    icon = Image.new("RGBA", (32, 32))
    pen = ImageDraw.Draw(icon)
    pen.rectangle((5, 3, 14, 28), fill=CRIMSON)
    pen.rectangle((17, 3, 26, 28), fill=f"{CRIMSON}{round(255 * REFLECTION):02x}")
    return icon


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the card beside the stylesheet and the icon where browsers look for one."""
    if exception or app.builder.name != "html":
        return
    card = draw_card(str(app.config.project), "百人一首を唱える Transformer を作りながら読む")
    card.savefig(Path(app.outdir, "_static", "card.png"), metadata={"Software": None})
    draw_icon().save(Path(app.outdir, "favicon.ico"), sizes=[(32, 32)])


def setup(app: Sphinx) -> dict[str, bool]:
    """Draw at the end, when the folder is there."""
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
