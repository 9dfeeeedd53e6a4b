"""Regular polyhedra that turn, each with its dual inside it: HTML that moves without a library.

The drawings are inline SVG whose paths run through precomputed frames (SMIL `animate`), so
that nothing is computed while they move. A polyhedron with an axis of symmetry of order k
looks the same after 1/k of a turn: that much is stored, and repeats.

Every animation waits for a script of a few lines to begin it: where no script runs, in
print, and for readers who ask for reduced motion, a still picture stands there. The button
that stops and starts it appears with the script. An <img> could not be stopped from the
page, and CSS alone cannot move the ends of a line in every browser.
"""

from collections.abc import Mapping
from html import escape
from math import cos, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

from chihaya.polyhedra import Points, edges, incidence, polar

from .style import BLUE, INK, PAPER, QUIET, VERMILION

FRAMES_A_TURN = 60
"""Browsers interpolate between them."""
SECONDS_A_TURN = 32
START = radians(14)
"""Where a turn starts: a little off the symmetric position, in which lines hide lines."""
TILT = radians(20)
"""How far the eye looks down along the axis of rotation."""
DISTANCE = 4.5
"""From the eye to the centre; the vertices are at distance 1."""
SCALE = 300
HALF = 330
"""Half the width of a drawing, in its own units, of which SCALE make the distance 1."""

_STYLE = f"""
.dual-polyhedra {{ background: {PAPER}; color: {INK}; color-scheme: light; padding: .5rem;
  font-size: .85rem; line-height: 1.5; text-align: center }}
.dual-polyhedra > div {{ display: flex; flex-wrap: wrap; justify-content: center; gap: .5rem .3rem }}
.dual-polyhedra > div > div {{ width: min(7rem, 31%) }}
.dual-polyhedra path {{ fill: none; stroke-width: 7; stroke-linejoin: round }}
.dual-polyhedra .behind {{ stroke: {QUIET}; stroke-width: 4 }}
.dual-polyhedra .filled {{ fill: {VERMILION}; fill-opacity: .25 }}
.dual-polyhedra .inner {{ stroke: {VERMILION}; stroke-width: 5 }}
.dual-polyhedra .outer {{ stroke: {BLUE} }}
.dual-polyhedra button {{ margin: .5rem }}
@media print {{ .dual-polyhedra button {{ display: none }} }}
"""

_SCRIPT = """
for (const figure of document.querySelectorAll(".dual-polyhedra")) {
  const button = figure.querySelector("button");
  if (!button.hidden) continue;
  const drawings = figure.querySelectorAll("svg");
  const run = (on) => {
    for (const svg of drawings) on ? svg.unpauseAnimations() : svg.pauseAnimations();
    button.textContent = on ? "回転を止める" : "回転させる";
  };
  for (const animation of figure.querySelectorAll("animate")) animation.beginElement();
  button.onclick = () => run(drawings[0].animationsPaused());
  run(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  button.hidden = false;
}
"""


def animate(solids: Mapping[str, Points]) -> str:
    """The polyhedra side by side, as HTML; they wrap into rows where the page is narrow.

    `solids` has the vertices [V, 3] of each by its name, on the unit sphere, and the dual of
    each among them. Returns the same text on every machine. Several may stand in one page.
    """
    items = []
    named = {escape(name): vertices for name, vertices in solids.items()}
    for name, vertices in named.items():
        dual = next(other for other in named if len(named[other]) == len(polar(vertices)))
        items.append(
            f'<div><svg role="img" aria-label="{name}の中に{dual}" '
            f'viewBox="{-HALF} {-HALF} {2 * HALF} {2 * HALF}">{_drawing(vertices)}</svg>'
            f"{name}<br>内に{dual}</div>"
        )
    return f"""<div class="dual-polyhedra" role="group" aria-label="互いに双対な正多面体">
<div>{"".join(items)}</div>
<svg width="0" height="0" aria-hidden="true"><style>{_STYLE}</style></svg>
<button type="button" hidden>回転を止める</button>
</div>
<script>{_SCRIPT}</script>
"""


def _drawing(outer: Points) -> str:
    """The paths of one polyhedron [V, 3] and of its dual, the farthest first."""
    faces = polar(outer)
    inner = faces / (faces**2).sum(axis=1, keepdims=True)  # the centres of the faces, [F, 3]
    views, seconds = _views(outer)
    return (
        _path("behind", seconds, outer, edges(outer), views, whole=True)
        + _path("filled", seconds, inner, _rings(inner), views)
        + _path("inner", seconds, inner, edges(inner), views)
        + _path("outer", seconds, outer, edges(outer), views)
    )


def _views(vertices: Points) -> tuple[NDArray[np.float64], float]:
    """How the polyhedron is seen in the frames of a period, and between: [2 frames + 1, 3, 3].

    The rows of a view are the directions right, down and towards the eye. The axis goes
    through a vertex or the centre of a face, whichever has more neighbours. Returns also the
    seconds of the period.
    """
    on = incidence(vertices)
    order = max(on[:, 0].sum(), on[0].sum())
    up = _unit(vertices[0] if on[:, 0].sum() == order else polar(vertices)[0])
    east = _unit(np.cross(vertices[1], up))
    north = np.cross(up, east)
    views = []
    steps = 2 * FRAMES_A_TURN // order
    for angle in START + np.linspace(0, 2 * pi / order, steps + 1):
        right = cos(angle) * east + sin(angle) * north
        front = sin(angle) * east - cos(angle) * north
        towards = cos(TILT) * front + sin(TILT) * up
        views.append((right, np.cross(right, towards), towards))
    return np.array(views), SECONDS_A_TURN / order


def _path(
    kind: str,
    seconds: float,
    vertices: Points,
    lines: NDArray[np.intp],
    views: NDArray[np.float64],
    whole: bool = False,
) -> str:
    """An animated path of lines [L, n], each through n vertices given by their indices.

    Unless `whole`, a line that belongs to no face turned to the eye is drawn as a point at the
    centre. What is turned to the eye is decided in the middle between two frames; where it
    changes, there are two frames for one time.
    """
    near = polar(vertices) @ views[1::2, 2].T * DISTANCE > 1  # [F, frames]
    member = incidence(vertices)[:, lines].all(axis=-1)  # [F, L]
    shown = (member.T @ near) | whole  # [L, frames]
    frames = shown.shape[1]
    times: list[str] = []
    values: list[str] = []
    for frame, view in enumerate(views[::2]):
        seen = vertices @ view.T
        points = SCALE * DISTANCE * seen[:, :2] / (DISTANCE - seen[:, 2:])  # [V, 2]
        for between in (frame - 1, frame):
            if 0 <= between < frames:
                drawn = points[lines] * shown[:, between, None, None]  # [L, n, 2]
                data = _path_data(drawn.round().astype(int))
                if not values or data != values[-1]:
                    times.append(f"{frame / frames:.4f}")
                    values.append(data)
    return (
        f'<path class="{kind}" d="{values[0]}"><animate attributeName="d" begin="indefinite" '
        f'repeatCount="indefinite" dur="{seconds:.2f}s" keyTimes="{";".join(times)}" '
        f'values="{";".join(values)}"/></path>'
    )


def _path_data(lines: NDArray[np.int64]) -> str:
    """Lines [L, n, 2] as the `d` of an SVG path."""
    return "".join("M" + " ".join(map(str, line.flat)) for line in lines)


def _rings(vertices: Points) -> NDArray[np.intp]:
    """The vertices of each face, as indices [F, n], in the order around it."""
    rings = []
    for normal, on in zip(polar(vertices), incidence(vertices), strict=True):
        members = np.flatnonzero(on)
        spokes = vertices[members] - vertices[members].mean(axis=0)
        across = np.cross(normal, spokes[0])
        around = np.arctan2(spokes @ across / np.linalg.norm(normal), spokes @ spokes[0])
        # A cut where no vertex is, so that rounding errors do not decide which comes first:
        rings.append(members[np.argsort((around + 0.1) % (2 * pi))])
    return np.array(rings)


def _unit(vector: Points) -> Points:
    return vector / np.linalg.norm(vector)
