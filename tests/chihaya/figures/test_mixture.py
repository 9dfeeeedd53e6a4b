import torch
from chihaya.figures import mixture

VALUES = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
OUTPUTS = torch.tensor([[0.8, 0.6], [0.6, 0.8], [0.75, 0.75]])


def test_values_are_the_corners_and_outputs_lie_where_they_are() -> None:
    axes = mixture.draw(VALUES, OUTPUTS, "ながめ").axes[0]
    values, outputs = (torch.as_tensor(line.get_xydata()).float() for line in axes.lines)
    assert values.equal(VALUES)
    assert outputs.equal(OUTPUTS)
    corners = torch.as_tensor(axes.patches[0].get_path().vertices)[:3].float()
    assert corners.equal(VALUES)


def test_each_point_has_its_token_and_the_kinds_differ_in_shape() -> None:
    axes = mixture.draw(VALUES, OUTPUTS, "ながめ").axes[0]
    assert [text.get_text() for text in axes.texts] == [
        f"${kind}${token}" for kind in "vo" for token in "ながめ"
    ]
    assert len({line.get_marker() for line in axes.lines}) == 2
