import numpy as np
from chihaya.figures import softmax_simplex
from matplotlib.text import Annotation


def test_the_star_stands_at_the_weighted_mean_of_the_corners() -> None:
    grid = np.array([(i, j, 4 - i - j) for i in range(5) for j in range(5 - i)]) / 4
    top = np.array([0.5, 0.25, 0.25])
    axes = softmax_simplex.draw(["橋", "箸", "端"], grid, grid @ [2, 1, 0], top).axes[0]
    (star,) = axes.lines
    np.testing.assert_allclose(np.asarray(star.get_xydata()), [top @ softmax_simplex.CORNERS])
    (named,) = (text for text in axes.texts if isinstance(text, Annotation))
    assert named.get_text() == "softmax"
    np.testing.assert_allclose(named.xy, top @ softmax_simplex.CORNERS)


def test_each_option_is_named_at_its_corner() -> None:
    grid = np.array([(i, j, 4 - i - j) for i in range(5) for j in range(5 - i)]) / 4
    axes = softmax_simplex.draw(["橋", "箸", "端"], grid, grid @ [2, 1, 0], grid[0]).axes[0]
    named = {text.get_text().strip(): text.get_position() for text in axes.texts}
    for name, corner in zip(["橋", "箸", "端"], softmax_simplex.CORNERS, strict=True):
        assert named[name] == tuple(corner)


def test_the_corners_are_an_equilateral_triangle_and_levels_are_drawn_over_it() -> None:
    sides = softmax_simplex.CORNERS - np.roll(softmax_simplex.CORNERS, 1, axis=0)
    np.testing.assert_allclose(np.linalg.norm(sides, axis=1), 1)
    grid = np.array([(i, j, 4 - i - j) for i in range(5) for j in range(5 - i)]) / 4
    axes, bar = softmax_simplex.draw(["橋", "箸", "端"], grid, grid @ [2, 1, 0], grid[0]).axes
    reached = np.vstack([path.vertices for path in axes.collections[0].get_paths()])
    np.testing.assert_allclose([reached.min(axis=0), reached.max(axis=0)], [[0, 0], [1, 0.75**0.5]])
    assert bar.get_ylabel() == "得点の平均 + エントロピー"
