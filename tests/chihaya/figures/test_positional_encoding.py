import numpy as np
from chihaya.figures import positional_encoding as figure_of
from chihaya.transformer import positional_encoding


def test_curves_show_the_chosen_dimensions() -> None:
    encoding = positional_encoding(20, 8)
    (axes,) = figure_of.draw_curves(encoding, [0, 3]).axes
    for line, dimension in zip(axes.lines, [0, 3], strict=True):
        np.testing.assert_array_equal(line.get_ydata(), encoding[:, dimension])


def test_heat_map_shows_every_value_on_a_scale_symmetric_about_zero() -> None:
    encoding = positional_encoding(20, 8)
    image = figure_of.draw_heat_map(encoding).axes[0].images[0]
    np.testing.assert_array_equal(image.get_array(), encoding)
    assert image.get_clim() == (-1, 1)


def test_likeness_shows_the_inner_products() -> None:
    encoding = positional_encoding(20, 8)
    image = figure_of.draw_likeness(encoding @ encoding.T).axes[0].images[0]
    np.testing.assert_array_equal(image.get_array(), encoding @ encoding.T)
