import math
from itertools import pairwise

import pytest
import torch
from chihaya.transformer import (
    Cache,
    DecoderLayer,
    EncoderLayer,
    MultiHeadAttention,
    Sizes,
    Transformer,
    positional_encoding,
    scaled_dot_product_attention,
)
from torch import Tensor, nn
from torch.nn import functional
from torch.testing import assert_close

SIZES = Sizes(vocabulary=11, d_model=12, heads=3, d_ff=20, layers=2)


pytestmark = pytest.mark.filterwarnings("ignore:enable_nested_tensor")  # of torch's own encoder


@pytest.fixture(autouse=True)
def seed() -> None:
    torch.manual_seed(0)


@pytest.fixture
def model() -> Transformer:
    return Transformer(SIZES)


def tokens(*shape: int) -> Tensor:
    """Any tokens but <pad>, which is 0."""
    return torch.randint(1, SIZES.vocabulary, shape)


# Positional encoding


@pytest.mark.parametrize(("length", "d_model"), [(1, 2), (7, 6), (50, 64)])
def test_positional_encoding_is_the_two_equations(length: int, d_model: int) -> None:
    encoding = positional_encoding(length, d_model)
    assert encoding.shape == (length, d_model)
    assert encoding.dtype == torch.float32
    for pos in range(length):
        for i in range(d_model // 2):
            angle = pos / 10000 ** (2 * i / d_model)
            assert encoding[pos, 2 * i].item() == pytest.approx(math.sin(angle), abs=1e-7)
            assert encoding[pos, 2 * i + 1].item() == pytest.approx(math.cos(angle), abs=1e-7)


def test_positional_encoding_needs_pairs() -> None:
    with pytest.raises(ValueError, match="even: 7"):
        positional_encoding(3, 7)


# Attention


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("shape", [(), (2,), (2, 3)])
def test_attention_equals_torchs(shape: tuple[int, ...], masked: bool) -> None:
    query, key, value = (torch.randn(*shape, length, 8) for length in (5, 7, 7))
    mask = torch.rand(*shape, 5, 7) < 0.6 if masked else None
    if mask is not None:
        mask[..., 0] = True  # each query may look at something
    output, weights = scaled_dot_product_attention(query, key, value, mask)
    expected = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    assert_close(output, expected)
    assert_close(weights.sum(-1), torch.ones(*shape, 5))
    if mask is not None:
        assert (weights[~mask] == 0).all()
        assert (weights[mask] > 0).all()


@pytest.mark.parametrize("masked", [False, True])
def test_multi_head_attention_equals_torchs(masked: bool) -> None:
    ours = MultiHeadAttention(d_model=12, heads=3)
    theirs = nn.MultiheadAttention(12, 3, batch_first=True)
    theirs.load_state_dict(attention_weights(ours))
    query, key, value = torch.randn(2, 5, 12), torch.randn(2, 7, 12), torch.randn(2, 7, 12)
    mask = torch.ones(5, 7, dtype=torch.bool).tril() if masked else None
    output, weights = ours(query, key, value, mask), ours.weights
    expected_output, expected_weights = theirs(
        query,
        key,
        value,
        attn_mask=None if mask is None else ~mask,  # torch marks what is hidden
        average_attn_weights=False,
    )
    assert weights.shape == (2, 3, 5, 7)
    assert_close(output, expected_output)
    assert_close(weights, expected_weights)


def attention_weights(ours: MultiHeadAttention, prefix: str = "") -> dict[str, Tensor]:
    """Our weights under the names of torch.nn.MultiheadAttention."""
    projections = (ours.query, ours.key, ours.value)
    return {
        f"{prefix}in_proj_weight": torch.cat([each.weight for each in projections]),
        f"{prefix}in_proj_bias": torch.cat([each.bias for each in projections]),
        f"{prefix}out_proj.weight": ours.output.weight,
        f"{prefix}out_proj.bias": ours.output.bias,
    }


# The whole


def test_the_whole_equals_torchs_transformer(model: Transformer) -> None:
    """Encoder and decoder of torch.nn.Transformer, pre-norm, with our weights and embedding."""
    theirs = nn.Transformer(
        d_model=SIZES.d_model,
        nhead=SIZES.heads,
        num_encoder_layers=SIZES.layers,
        num_decoder_layers=SIZES.layers,
        dim_feedforward=SIZES.d_ff,
        dropout=0,
        batch_first=True,
        norm_first=True,
    )
    theirs.load_state_dict(transformer_weights(model))
    source, target = tokens(4, 7), tokens(4, 5)
    source[1, 4:] = 0
    scale, encoding = math.sqrt(SIZES.d_model), positional_encoding(7, SIZES.d_model)
    expected = theirs(
        model.embedding.weight[source] * scale + encoding,
        model.embedding.weight[target] * scale + encoding[:5],
        tgt_mask=torch.ones(5, 5, dtype=torch.bool).triu(1),
        src_key_padding_mask=source == 0,
        memory_key_padding_mask=source == 0,
    )
    logits = model(source, target)
    assert_close(logits, functional.linear(expected, model.embedding.weight))


def transformer_weights(model: Transformer) -> dict[str, Tensor]:
    """Our weights, but for the embedding, under the names of torch.nn.Transformer."""
    weights: dict[str, Tensor] = {}

    def copy(module: nn.Module, name: str) -> None:
        weights.update({f"{name}.{key}": value for key, value in module.state_dict().items()})

    for side, stack in (("encoder", model.encoder), ("decoder", model.decoder)):
        copy(stack.norm, f"{side}.norm")
        for number, layer in enumerate(stack.layers):
            assert isinstance(layer, EncoderLayer | DecoderLayer)
            prefix = f"{side}.layers.{number}."
            norms = [layer.around_attention.norm, layer.around_feed_forward.norm]
            weights.update(attention_weights(layer.attention, f"{prefix}self_attn."))
            if isinstance(layer, DecoderLayer):
                norms.insert(1, layer.around_cross_attention.norm)
                weights.update(attention_weights(layer.cross_attention, f"{prefix}multihead_attn."))
            for place, norm in enumerate(norms, 1):
                copy(norm, f"{prefix}norm{place}")
            copy(layer.feed_forward[0], f"{prefix}linear1")
            copy(layer.feed_forward[2], f"{prefix}linear2")
    return weights


@pytest.mark.parametrize("changed", range(6))
def test_a_later_target_token_changes_no_earlier_logit(model: Transformer, changed: int) -> None:
    source, target = tokens(3, 4), tokens(3, 6)
    other = target.clone()
    other[:, changed] = target[:, changed] % (SIZES.vocabulary - 1) + 1
    before, after = model(source, target), model(source, other)
    assert_close(after[:, :changed], before[:, :changed], rtol=0, atol=1e-6)
    assert (after[:, changed:] - before[:, changed:]).abs().amax(-1).min() > 1e-4


def test_padding_of_the_source_changes_nothing(model: Transformer) -> None:
    source, target = tokens(3, 4), tokens(3, 5)
    padded = functional.pad(source, (0, 6))
    logits, attention = model(source, target), model.attention
    padded_logits, padded_attention = model(padded, target), model.attention
    assert_close(padded_logits, logits)
    assert_close(padded_attention.cross[..., :4], attention.cross)
    assert_close(padded_attention.encoder[..., :4, :4], attention.encoder)
    assert (padded_attention.cross[..., 4:] == 0).all()
    assert (padded_attention.encoder[..., 4:] == 0).all()


def test_short_and_long_sources_in_a_batch_are_as_each_alone(model: Transformer) -> None:
    lengths = (1, 3, 6)
    source, target = tokens(3, 6), tokens(3, 5)
    for row, length in enumerate(lengths):
        source[row, length:] = 0
    together = model(source, target)
    for row, length in enumerate(lengths):
        alone = model(source[row : row + 1, :length], target[row : row + 1])
        assert_close(together[row : row + 1], alone)


def test_pad_is_the_token_said_to_be_pad() -> None:
    model = Transformer(SIZES, pad=5)
    model(torch.tensor([[1, 5, 0]]), torch.tensor([[2]]))
    attention = model.attention
    assert (attention.cross[..., 1] == 0).all()
    assert (attention.cross[..., [0, 2]] > 0).all()


def test_attention_can_be_had_from_any_layer_and_head(model: Transformer) -> None:
    source, target = tokens(4, 7), tokens(4, 5)
    model(source, target)
    attention = model.attention
    assert attention.encoder.shape == (2, 4, 3, 7, 7)
    assert attention.decoder.shape == (2, 4, 3, 5, 5)
    assert attention.cross.shape == (2, 4, 3, 5, 7)
    for weights in attention:
        assert_close(weights.sum(-1), torch.ones(weights.shape[:-1]))
        heads = weights.transpose(1, 2).flatten(0, 1).flatten(1)  # [N * H, ...]
        assert torch.pdist(heads).min() > 1e-3  # none is another's
    hidden = torch.ones(5, 5, dtype=torch.bool).triu(1)
    assert (attention.decoder[..., hidden] == 0).all()


def test_encoding_once_and_decoding_is_the_whole(model: Transformer) -> None:
    """What greedy decoding relies on: a longer target has the same first logits."""
    source, target = tokens(2, 7), tokens(2, 5)
    memory = model.encode(source)
    logits = model(source, target)
    assert memory.shape == (2, 7, SIZES.d_model)
    for length in range(1, 6):
        assert_close(model.decode(target[:, :length], memory, source), logits[:, :length])


@pytest.mark.parametrize("steps", [(1, 2, 3, 4, 5, 6), (2, 6), (3, 4, 6), (6,)])
def test_with_a_cache_the_logits_are_those_of_the_new_positions(
    model: Transformer, steps: tuple[int, ...]
) -> None:
    model.double()  # so that all but the order of the sums is seen
    source, target = tokens(3, 7), tokens(3, 6)
    source[1, 4:] = 0
    memory, cache = model.encode(source), Cache()
    logits = [model.decode(target[:, :length], memory, source, cache) for length in steps]
    assert [each.size(1) for each in logits] == [b - a for a, b in pairwise((0, *steps))]
    assert_close(torch.cat(logits, dim=1), model(source, target), rtol=0, atol=1e-12)


def test_a_cache_keeps_keys_and_values_of_each_position_once(model: Transformer) -> None:
    source, target = tokens(3, 7), tokens(3, 6)
    memory, cache = model.encode(source), Cache()
    for length in range(1, 7):
        model.decode(target[:, :length], memory, source, cache)
    kept = {
        name: cache.kept.pop(module)
        for name, module in model.named_modules()
        if module in cache.kept
    }
    assert cache.length == 6 and not cache.kept
    assert {name: key.shape for name, (key, _) in kept.items()} == {
        f"decoder.layers.{layer}.{attention}": (3, 3, length, 4)
        for layer in range(2)
        for attention, length in (("attention", 6), ("cross_attention", 7))
    }
    assert all(key.shape == value.shape for key, value in kept.values())


def test_a_model_keeps_nothing_from_one_cache_to_the_next(model: Transformer) -> None:
    source, target = tokens(3, 7), tokens(3, 6)
    other = source.flip(0)
    model.decode(target, model.encode(other), other, Cache())
    assert_close(model.decode(target, model.encode(source), source, Cache()), model(source, target))
    assert torch.equal(model.decode(target, model.encode(source), source), model(source, target))


def test_a_fresh_model_is_nearly_indifferent() -> None:
    """It loses little more than log V: no token is preferred before anything is learned."""
    logits = Transformer(Sizes(vocabulary=70))(
        torch.randint(70, (8, 12)), torch.randint(70, (8, 12))
    )
    loss = functional.cross_entropy(logits.flatten(0, 1), torch.randint(70, (96,)))
    assert loss < 1.1 * math.log(70)


@pytest.mark.parametrize("sizes", [SIZES, Sizes(vocabulary=70)])
def test_parameters_are_as_many_as_the_formula_says(sizes: Sizes) -> None:
    d, ff = sizes.d_model, sizes.d_ff
    attention = 4 * (d * d + d)
    feed_forward = d * ff + ff + ff * d + d
    norm = 2 * d
    encoder_layer = attention + feed_forward + 2 * norm
    decoder_layer = 2 * attention + feed_forward + 3 * norm
    expected = sizes.vocabulary * d + sizes.layers * (encoder_layer + decoder_layer) + 2 * norm
    assert sum(parameter.numel() for parameter in Transformer(sizes).parameters()) == expected


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"d_model": 10, "heads": 4}, "10 with 4 heads"),
        ({"d_model": 9, "heads": 3}, "even"),
        ({"heads": 0}, "whole numbers from 1"),
        ({"layers": -1}, "whole numbers from 1"),
        ({"d_ff": 0}, "whole numbers from 1"),
        ({"heads": 2.0}, "whole numbers from 1"),
        ({"vocabulary": 0}, "whole numbers from 1"),
    ],
)
def test_sizes_that_cannot_be_are_refused(sizes: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Sizes(**{"vocabulary": 11} | sizes)
