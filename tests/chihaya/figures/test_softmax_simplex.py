import numpy as np
from chihaya.figures import softmax_simplex


def test_the_star_stands_at_the_weighted_mean_of_the_corners() -> None:
    grid = np.array([(i, j, 4 - i - j) for i in range(5) for j in range(5 - i)]) / 4
    top = np.array([0.5, 0.25, 0.25])
    axes = softmax_simplex.draw(["橋", "箸", "端"], grid, grid @ [2, 1, 0], top).axes[0]
    (star,) = axes.lines
    np.testing.assert_allclose(np.asarray(star.get_xydata()), [top @ softmax_simplex.CORNERS])


def test_each_option_is_named_at_its_corner() -> None:
    grid = np.array([(i, j, 4 - i - j) for i in range(5) for j in range(5 - i)]) / 4
    axes = softmax_simplex.draw(["橋", "箸", "端"], grid, grid @ [2, 1, 0], grid[0]).axes[0]
    named = {text.get_text().strip(): text.get_position() for text in axes.texts}
    for name, corner in zip(["橋", "箸", "端"], softmax_simplex.CORNERS, strict=True):
        assert named[name] == tuple(corner)
