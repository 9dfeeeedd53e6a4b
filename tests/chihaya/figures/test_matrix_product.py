import torch
from chihaya.figures import matrix_product
from chihaya.figures.style import LUMINOUS
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from torch import Tensor

LEFT = torch.tensor([[1.0, -2.0], [0.5, 3.0], [0.0, 1.0]])  # [3, 2]
RIGHT = torch.tensor([[1.0, 0.0, 2.0, 1.0], [4.0, 1.0, 1.0, 2.0]])  # [2, 4]


def drawn() -> Figure:
    return matrix_product.draw(
        LEFT, RIGHT, ("A", "B", "AB"), (1, 2), rows="かきく", inner="さし", columns="たちつて"
    )


def values(figure: Figure, title: str) -> Tensor:
    (axes,) = (axes for axes in figure.axes if axes.get_title() == title)
    (mesh,) = (artist for artist in axes.collections if isinstance(artist, QuadMesh))
    return torch.as_tensor(mesh.get_array())


def test_both_factors_and_their_product_are_drawn() -> None:
    figure = drawn()
    assert values(figure, "A").equal(LEFT)
    assert values(figure, "B").equal(RIGHT)
    assert values(figure, "AB").equal(
        torch.tensor([[-7.0, -2, 0, -3], [12.5, 3, 4, 6.5], [4, 1, 1, 2]])
    )


def test_the_first_row_is_at_the_top_and_each_side_has_its_labels() -> None:
    _, above, beside, corner = drawn().axes
    for axes, rows, columns in (
        (above, "さし", "たちつて"),
        (beside, "かきく", "さし"),
        (corner, "かきく", "たちつて"),
    ):
        assert axes.yaxis_inverted()
        for labels, text in ((axes.get_yticklabels(), rows), (axes.get_xticklabels(), columns)):
            assert [label.get_text() for label in labels] == list(text)
            places = [max(label.get_position()) for label in labels]  # the middles of the cells
            assert places == [i + 0.5 for i in range(len(text))]


def test_the_row_the_column_and_their_entry_are_outlined() -> None:
    _, above, beside, corner = drawn().axes
    outlines = [axes.patches[0].get_bbox().bounds for axes in (above, beside, corner)]  # type: ignore[attr-defined]
    assert outlines == [(2, 0, 1, 2), (0, 1, 2, 1), (2, 1, 1, 1)]  # column, row, width, height


def test_signed_values_have_their_zero_in_the_middle_and_amounts_at_the_end() -> None:
    _, above, beside, _ = drawn().axes
    assert beside.collections[0].get_clim() == (-3, 3)
    assert above.collections[0].get_clim() == (0, 4)
    turned = matrix_product.draw(-LEFT, RIGHT, ("A", "B", "AB"), (1, 2), rows="かきく").axes[2]
    assert turned.collections[0].get_clim() == (-3, 3)


def test_a_matrix_of_amounts_makes_it_a_figure_of_brightness() -> None:
    signed = matrix_product.draw(LEFT, -RIGHT.flip(0) + 1, ("A", "B", "AB"), (1, 2), rows="かきく")
    assert [drawn().get_gid(), signed.get_gid()] == [LUMINOUS, None]


def test_the_empty_corner_says_what_the_colours_mean() -> None:
    def meanings(left: Tensor, right: Tensor) -> list[str]:
        figure = matrix_product.draw(left, right, ("A", "B", "AB"), (1, 2), rows="")
        legend = figure.axes[0].get_legend()
        assert legend
        return [text.get_text() for text in legend.get_texts()]

    assert meanings(LEFT, RIGHT) == ["負", "0", "正", "0", "大"]
    assert meanings(LEFT, -RIGHT) == ["負", "0", "正"]
    assert meanings(LEFT.abs(), RIGHT) == ["0", "大"]
