import torch
from chihaya.figures import vector_map
from matplotlib.figure import Figure

VECTORS = torch.tensor([[3.0, 0, 1], [-3, 0, 1], [0, 1, 1], [0, -1, 1]])


def drawn() -> Figure:
    return vector_map.draw(
        {"入口": torch.ones(4, 3), "前": VECTORS / 10, "後": VECTORS}, "かきくけ"
    )


def test_the_two_widest_directions_are_kept_and_distances_within_them() -> None:
    flat = vector_map.flat(VECTORS)
    assert torch.allclose(flat.abs(), VECTORS[:, :2].abs().double(), atol=1e-6)
    assert torch.allclose(torch.pdist(flat), torch.pdist(VECTORS.double()), atol=1e-6)


def test_a_direction_has_one_sign_whatever_order_the_vectors_are_in() -> None:
    assert torch.allclose(vector_map.flat(VECTORS.flip(0)).flip(0), vector_map.flat(VECTORS))


def test_all_panels_have_one_scale_and_what_is_one_vector_is_one_point() -> None:
    axes = drawn().axes
    assert [each.get_title() for each in axes] == ["後", "入口", "前"]
    assert len({(*each.get_xlim(), *each.get_ylim()) for each in axes}) == 1
    x, y = (torch.tensor(each) for each in axes[1].lines[0].get_data())
    assert not x.any() and not y.any()


def test_the_last_panel_alone_names_its_points_where_they_are() -> None:
    large, *small = drawn().axes
    assert not any(axes.texts for axes in small)
    named = {text.get_text(): text.xy for text in large.texts}  # type: ignore[attr-defined]
    points = vector_map.flat(VECTORS).tolist()
    assert named == dict(zip("かきくけ", map(tuple, points), strict=True))


def test_of_two_neighbours_the_upper_has_its_name_above_and_the_lower_below() -> None:
    close = torch.tensor([[-9.0, 0], [-9, 1], [9, 0], [9, 1]])
    large = vector_map.draw({"前": close, "後": close}, "かきくけ").axes[0]
    sides = [(text.xy[1] > 0, text.get_verticalalignment()) for text in large.texts]  # type: ignore[attr-defined]
    assert sorted(sides) == [(False, "top")] * 2 + [(True, "bottom")] * 2
