"""Convex polyhedra from their vertices: faces, edges, duals, and the five regular ones.

A polyhedron here holds the origin inside, and is the array of its vertices [V, 3]. No face
crosses the origin then, so each face lies in the plane n · x = 1 of exactly one n; these n
are the vertices of the dual polyhedron (polar reciprocity: H. S. M. Coxeter, Regular
Polytopes, 3rd ed., Dover, 1973, chapters 2 and 7).
"""

from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def corners(a: Points, b: Points) -> Points:
    """The corners of the region of all x with a x ≤ b, which may have any dimension D.

    a [M, D] and b [M] are M inequalities. Where D of them hold with equality at a single
    point, and the point keeps to the others, it is a corner: all such choices are tried.

    Returns the corners [K, D], sorted by their coordinates.
    """
    chosen = np.array(list(combinations(range(len(a)), a.shape[1])))  # [choices, D]
    meet = abs(np.linalg.det(a[chosen])) > 1e-9
    points = np.linalg.solve(a[chosen][meet], b[chosen][meet][..., None])[..., 0]
    points = points[(points @ a.T <= b + 1e-9).all(axis=1)]
    _, first = np.unique(points.round(6) + 0.0, axis=0, return_index=True)  # + 0.0: -0 is 0
    return points[first]


def polar(vertices: Points) -> Points:
    """The dual polyhedron: vertices [V, 3] -> its vertices [F, 3], one for each face.

    They are the corners of {n : v · n ≤ 1 for each vertex v}: a plane n · x = 1 with all of
    the polyhedron on one side that touches three vertices or more.
    """
    return corners(vertices, np.ones(len(vertices)))


def incidence(vertices: Points) -> NDArray[np.bool_]:
    """Which vertex lies on which face: [F, V], the faces in the order of `polar`."""
    return np.isclose(polar(vertices) @ vertices.T, 1)


def edges(vertices: Points) -> NDArray[np.intp]:
    """The pairs of vertices, as indices [E, 2], that lie on two faces in common."""
    on = incidence(vertices).astype(int)
    return np.argwhere(np.triu(on.T @ on, k=1) == 2)


def regular_polyhedra() -> dict[str, Points]:
    """The five regular polyhedra by name, each with its vertices on the unit sphere."""
    golden = (1 + 5**0.5) / 2
    cube = list(product((-1.0, 1.0), repeat=3))
    solids = {
        "正四面体": [corner for corner in cube if np.prod(corner) > 0],
        "正六面体": cube,
        "正八面体": _turned([(0, 0, sign) for sign in (-1, 1)]),
        "正十二面体": cube + _turned([(0, s / golden, t * golden) for s, t in _SIGNS]),
        "正二十面体": _turned([(0, s * golden, t) for s, t in _SIGNS]),
    }
    return {name: _on_unit_sphere(np.array(vertices)) for name, vertices in solids.items()}


_SIGNS = tuple(product((-1, 1), repeat=2))


def _turned(points: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The points with their coordinates in all three cyclic orders."""
    return [(p[-k], p[1 - k], p[2 - k]) for p in points for k in range(3)]


def _on_unit_sphere(points: Points) -> Points:
    return points / np.linalg.norm(points, axis=1, keepdims=True)
