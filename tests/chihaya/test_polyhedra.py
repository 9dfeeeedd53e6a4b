import numpy as np
import pytest
from chihaya.polyhedra import Points, corners, edges, incidence, polar, regular_polyhedra
from hypothesis import given, settings
from hypothesis import strategies as st

SOLIDS = regular_polyhedra()
KNOWN = {
    "正四面体": (4, 6, 4),
    "正六面体": (8, 12, 6),
    "正八面体": (6, 12, 8),
    "正十二面体": (20, 30, 12),
    "正二十面体": (12, 30, 20),
}
DUALS = {
    "正四面体": "正四面体",
    "正六面体": "正八面体",
    "正八面体": "正六面体",
    "正十二面体": "正二十面体",
    "正二十面体": "正十二面体",
}
each_solid = pytest.mark.parametrize("name", SOLIDS)


def assert_same_points(a: Points, b: Points) -> None:
    distances = np.linalg.norm(a[:, None] - b, axis=-1)
    assert len(a) == len(b)
    assert distances.min(axis=1).max() < 1e-9


@each_solid
def test_vertices_edges_and_faces_are_as_many_as_euclid_counts(name: str) -> None:
    vertices = SOLIDS[name]
    assert (len(vertices), len(edges(vertices)), len(polar(vertices))) == KNOWN[name]


@each_solid
def test_eulers_formula(name: str) -> None:
    vertices = SOLIDS[name]
    assert len(vertices) - len(edges(vertices)) + len(polar(vertices)) == 2


@each_solid
def test_regular_polyhedra_are_regular(name: str) -> None:
    vertices = SOLIDS[name]
    ends = vertices[edges(vertices)]  # [E, 2, 3]
    lengths = np.linalg.norm(ends[:, 0] - ends[:, 1], axis=-1)
    np.testing.assert_allclose(lengths, lengths[0], rtol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(vertices, axis=1), 1, rtol=1e-12)
    on = incidence(vertices)
    assert len(set(on.sum(axis=0))) == len(set(on.sum(axis=1))) == 1


@each_solid
def test_the_dual_of_a_regular_polyhedron_is_similar_to_its_partner(name: str) -> None:
    dual = polar(SOLIDS[name])
    sign = -1 if name == "正四面体" else 1
    assert_same_points(sign * dual / np.linalg.norm(dual[0]), SOLIDS[DUALS[name]])


@each_solid
def test_the_dual_of_the_dual_is_the_first(name: str) -> None:
    assert_same_points(polar(polar(SOLIDS[name])), SOLIDS[name])


@each_solid
def test_the_dual_swaps_vertices_and_faces_and_keeps_edges(name: str) -> None:
    vertices = SOLIDS[name]
    dual = polar(vertices)
    assert (len(polar(dual)), len(edges(dual)), len(dual)) == KNOWN[name]


@each_solid
def test_a_vertex_and_a_face_have_the_product_one_where_they_meet_and_less_elsewhere(
    name: str,
) -> None:
    vertices = SOLIDS[name]
    products = polar(vertices) @ vertices.T
    on = incidence(vertices)
    np.testing.assert_allclose(products[on], 1)
    assert products[~on].max() < 1 - 1e-6


@settings(deadline=None)
@given(st.lists(st.floats(0.2, 5), min_size=3, max_size=3), st.sampled_from(list(SOLIDS)))
def test_a_stretched_polyhedron_has_the_inversely_stretched_dual(
    factors: list[float], name: str
) -> None:
    stretched = SOLIDS[name] * factors
    distances = np.linalg.norm(polar(stretched)[:, None] - polar(SOLIDS[name]) / factors, axis=-1)
    assert len(polar(stretched)) == len(polar(SOLIDS[name]))
    assert distances.min(axis=1).max() < 1e-6


def test_corners_of_a_square() -> None:
    a = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    b = np.array([2.0, 0, 2, 0])
    np.testing.assert_allclose(corners(a, b), [[0, 0], [0, 2], [2, 0], [2, 2]])


positive = st.floats(0.1, 10)


@settings(deadline=None)
@given(
    use=st.lists(st.lists(positive, min_size=2, max_size=2), min_size=2, max_size=2),
    gain=st.lists(positive, min_size=2, max_size=2),
    have=st.lists(positive, min_size=2, max_size=2),
)
def test_a_linear_programme_and_its_dual_have_one_value(
    use: list[list[float]], gain: list[float], have: list[float]
) -> None:
    a, minus, zero = np.array(use), -np.eye(2), np.zeros(2)
    plans = corners(np.vstack([a, minus]), np.append(have, zero))
    prices = corners(np.vstack([-a.T, minus]), np.append(-np.array(gain), zero))
    np.testing.assert_allclose((plans @ gain).max(), (prices @ have).min(), rtol=1e-6)
