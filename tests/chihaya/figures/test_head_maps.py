import torch
from chihaya.figures import head_maps
from matplotlib.text import Text


def test_each_head_has_its_own_map_in_order_on_one_scale() -> None:
    weights = torch.arange(16).view(4, 2, 2) / 16
    *panels, bar = head_maps.draw(weights, ["始", "か"]).axes
    assert [axes.get_title() for axes in panels] == [f"ヘッド {n}" for n in (1, 2, 3, 4)]
    for axes, head in zip(panels, weights, strict=True):
        mesh = axes.collections[0]
        assert torch.as_tensor(mesh.get_array()).equal(head)
        assert mesh.get_clim() == (0, 1)
        assert axes.yaxis_inverted()
        for labels in (axes.get_xticklabels(), axes.get_yticklabels()):  # in the middle of a cell
            places = [max(label.get_position()) for label in labels]
            assert dict(zip(places, map(Text.get_text, labels), strict=True)) == {
                0.5: "始",
                1.5: "か",
            }
    assert bar.get_xlabel() == "注意の重み"
