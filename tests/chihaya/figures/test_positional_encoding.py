import numpy as np
from chihaya.figures import positional_encoding as figure_of
from chihaya.transformer import positional_encoding


def test_curves_show_the_chosen_dimensions() -> None:
    encoding = positional_encoding(20, 8)
    (axes,) = figure_of.draw_curves(encoding, [0, 3]).axes
    for line, dimension in zip(axes.lines, [0, 3], strict=True):
        np.testing.assert_array_equal(line.get_ydata(), encoding[:, dimension])
        assert line.get_label() == f"成分 {dimension}"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("位置 pos（文字）", "値 PE")
    bottom, top = axes.get_ylim()
    assert bottom < -1 and top > 1


def test_heat_map_shows_every_value_on_a_scale_symmetric_about_zero() -> None:
    encoding = positional_encoding(20, 8)
    axes, bar = figure_of.draw_heat_map(encoding).axes
    (image,) = axes.images
    np.testing.assert_array_equal(image.get_array(), encoding)
    assert image.get_clim() == (-1, 1)
    assert axes.get_xlabel() == "成分（偶数は正弦，奇数は余弦）"
    assert (axes.get_ylabel(), bar.get_ylabel()) == ("位置 pos（文字）", "値 PE")


def test_likeness_shows_the_inner_products() -> None:
    encoding = positional_encoding(20, 8)
    axes, bar = figure_of.draw_likeness(encoding @ encoding.T).axes
    np.testing.assert_array_equal(axes.images[0].get_array(), encoding @ encoding.T)
    assert axes.get_xlabel() == axes.get_ylabel() == "位置 pos（文字）"
    assert bar.get_ylabel() == "内積"
