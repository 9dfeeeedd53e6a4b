"""The Transformer of Vaswani et al. (2017), in the order of the paper's figures.

Vaswani et al., "Attention Is All You Need", https://arxiv.org/abs/1706.03762:
equation (1) and Fig. 2 left, then Fig. 2 right, then Fig. 1 from the bottom to
the top. One departure from Fig. 1: each sub-layer normalises its input and not
its output ("pre-norm", Xiong et al. 2020, https://arxiv.org/abs/2002.04745),
which trains without a warm-up of thousands of steps.

Pure: nothing here reads a file, prints, or knows what a poem is.

Letters in shapes: B batch, T target length, S source length, L query length,
M key length, H heads, D d_model, K = D / H the width of a head, V vocabulary.
"""

import math
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Sizes:
    """The sizes of a `Transformer`: d_model, h (`heads`), d_ff and N (`layers`) of Table 3 of the paper."""

    vocabulary: int
    d_model: int = 64
    heads: int = 4
    d_ff: int = 128
    layers: int = 2

    def __post_init__(self) -> None:
        if not all(isinstance(size, int) and size > 0 for size in astuple(self)):
            raise ValueError(f"sizes must be whole numbers from 1: {self}")
        if self.d_model % self.heads or self.d_model % 2:
            raise ValueError(
                f"d_model must be even and a multiple of heads: {self.d_model} with {self.heads} heads"
            )


def positional_encoding(length: int, d_model: int) -> Tensor:
    """Sines and cosines of the positions 0 … length - 1 (section 3.5).

    PE(pos, 2i) = sin(pos / 10000^(2i / d_model)), PE(pos, 2i+1) = cos(the same).

    Returns a float tensor [length, d_model]. Raises ValueError if d_model is odd.
    """
    if d_model % 2:
        raise ValueError(f"d_model must be even: {d_model}")
    position = torch.arange(length, dtype=torch.float64)[:, None]  # [length, 1]
    exponent = torch.arange(0, d_model, 2, dtype=torch.float64) / d_model  # [d_model / 2]
    angle = position / 10000**exponent  # [length, d_model / 2]
    return torch.stack((angle.sin(), angle.cos()), dim=-1).flatten(1).float()


def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Equation (1), Fig. 2 left: softmax(Q Kᵀ / √d_k) V.

    query [..., L, K], key and value [..., M, K]; mask, if any, is boolean and
    broadcasts to [..., L, M]: True where a query may look at a key.

    Returns the output [..., L, K] and the attention weights [..., L, M].
    """
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))  # [..., L, M]
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # [..., L, M]
    return weights @ value, weights


class Cache:
    """Keys and values that a decoder has computed and need not compute again: apart from the model.

    One cache goes with one memory and with the one target that grows beside it. What decoder and
    attentions are given together with a cache is of the new positions alone.
    """

    def __init__(self) -> None:
        self.length = 0
        """The positions of the target whose keys and values are kept."""
        self.kept: dict[nn.Module, tuple[Tensor, Tensor]] = {}
        """Of each attention, the keys and the values [B, H, M, K]."""

    def extend(self, attention: nn.Module, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Keep the keys and values of new positions, too. Returns all, the new ones last."""
        if attention not in self.kept:  # laid out once as every later step will read them
            self.kept[attention] = key.contiguous(), value.contiguous()
        elif key.size(2):
            keys, values = self.kept[attention]
            self.kept[attention] = torch.cat((keys, key), dim=2), torch.cat((values, value), dim=2)
        return self.kept[attention]


class MultiHeadAttention(nn.Module):
    """Fig. 2 right: H attentions side by side, each in its own K dimensions."""

    weights: Tensor
    """The attention weights of the last call [B, H, L, M]: what the figures show."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.output = nn.Linear(d_model, d_model)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        mask: Tensor | None = None,
        cache: Cache | None = None,
    ) -> Tensor:
        """query [B, L, D], key and value [B, M, D] -> output [B, L, D]."""
        query = self._split(self.query(query))  # [B, H, L, K]
        key = self._split(self.key(key))  # [B, H, M, K]
        value = self._split(self.value(value))  # [B, H, M, K]
        if cache is not None:
            key, value = cache.extend(self, key, value)
        heads, weights = scaled_dot_product_attention(query, key, value, mask)
        self.weights = weights.detach()
        concatenated = heads.transpose(1, 2).flatten(2)  # [B, L, D]
        return self.output(concatenated)

    def _split(self, x: Tensor) -> Tensor:
        """[B, L, D] -> [B, H, L, K]."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class FeedForward(nn.Sequential):
    """Equation (2): max(0, x W1 + b1) W2 + b2 at every position alike."""

    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__(nn.Linear(d_model, d_ff), nn.ReLU(), nn.Linear(d_ff, d_model))


class SublayerConnection(nn.Module):
    """What stands around each sub-layer (section 3.1), pre-norm: x + sublayer(norm(x))."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(d_model)

    def forward(self, x: Tensor, sublayer: Callable[[Tensor], Tensor]) -> Tensor:
        """x [B, L, D] -> the same shape."""
        return x + sublayer(self.norm(x))


class EncoderLayer(nn.Module):
    """Fig. 1, the left block: self-attention, then feed forward."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(sizes.d_model, sizes.heads)
        self.feed_forward = FeedForward(sizes.d_model, sizes.d_ff)
        self.around_attention = SublayerConnection(sizes.d_model)
        self.around_feed_forward = SublayerConnection(sizes.d_model)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [B, S, D], mask [B, 1, 1, S] -> the same shape as x."""
        x = self.around_attention(x, lambda x: self.attention(x, x, x, mask))
        return self.around_feed_forward(x, self.feed_forward)


class DecoderLayer(nn.Module):
    """Fig. 1, the right block: masked self-attention, attention to the source, feed forward."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(sizes.d_model, sizes.heads)
        self.cross_attention = MultiHeadAttention(sizes.d_model, sizes.heads)
        self.feed_forward = FeedForward(sizes.d_model, sizes.d_ff)
        self.around_attention = SublayerConnection(sizes.d_model)
        self.around_cross_attention = SublayerConnection(sizes.d_model)
        self.around_feed_forward = SublayerConnection(sizes.d_model)

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        causal: Tensor,
        memory_mask: Tensor,
        cache: Cache | None = None,
    ) -> Tensor:
        """x [B, T, D], memory [B, S, D], causal [T, T], memory_mask [B, 1, 1, S] -> as x."""
        x = self.around_attention(x, lambda x: self.attention(x, x, x, causal, cache))
        x = self.around_cross_attention(
            x, lambda x: self.cross_attention(x, memory, memory, memory_mask, cache)
        )
        return self.around_feed_forward(x, self.feed_forward)


class Encoder(nn.Module):
    """Fig. 1, left: a stack of N layers."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(sizes) for _ in range(sizes.layers))
        self.norm = nn.LayerNorm(sizes.d_model)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [B, S, D], mask [B, 1, 1, S] -> memory [B, S, D]."""
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x)


class Decoder(nn.Module):
    """Fig. 1, right: a stack of N layers."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.layers = nn.ModuleList(DecoderLayer(sizes) for _ in range(sizes.layers))
        self.norm = nn.LayerNorm(sizes.d_model)

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        causal: Tensor,
        memory_mask: Tensor,
        cache: Cache | None = None,
    ) -> Tensor:
        """x [B, T, D], memory [B, S, D], causal [T, T], memory_mask [B, 1, 1, S] -> as x."""
        for layer in self.layers:
            x = layer(x, memory, causal, memory_mask, cache)
        return self.norm(x)


class Attention(NamedTuple):
    """The attention weights of every layer and head; each row sums to one."""

    encoder: Tensor  # [N, B, H, S, S]
    decoder: Tensor  # [N, B, H, T, T]
    cross: Tensor  # [N, B, H, T, S]


class Transformer(nn.Module):
    """Fig. 1 as a whole: tokens of source and target in, a score for each next token out.

    One embedding serves source, target and, transposed, the output (section 3.4).
    """

    def __init__(self, sizes: Sizes, pad: int = 0) -> None:
        """`pad` is the token that fills up short sequences; no query looks at it."""
        super().__init__()
        self.sizes = sizes
        self.pad = pad
        self.embedding = nn.Embedding(sizes.vocabulary, sizes.d_model)
        self.encoder = Encoder(sizes)
        self.decoder = Decoder(sizes)
        nn.init.normal_(self.embedding.weight, std=0.05)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """source [B, S], target [B, T] of token ids -> logits [B, T, V].

        logits[:, t] scores the token after target[:, t]; it depends on no later target.
        """
        return self.decode(target, self.encode(source), source)

    def encode(self, source: Tensor) -> Tensor:
        """source [B, S] -> memory [B, S, D]."""
        return self.encoder(self.embed(source), self._not_pad(source))

    def decode(
        self, target: Tensor, memory: Tensor, source: Tensor, cache: Cache | None = None
    ) -> Tensor:
        """target [B, T], memory [B, S, D], source [B, S] -> logits [B, T, V].

        With a cache, what it keeps is not computed again: logits of the new positions alone.
        """
        length, start = target.size(1), 0
        if cache is not None:
            start, cache.length = cache.length, length
            memory = memory[:, :0] if start else memory  # its keys and values are kept by then
        causal = torch.ones(length, length, dtype=torch.bool, device=target.device).tril()[start:]
        x = self.embed(target[:, start:], start)
        x = self.decoder(x, memory, causal, self._not_pad(source), cache)
        return x @ self.embedding.weight.T

    @property
    def attention(self) -> Attention:
        """The attention weights of the last forward pass."""
        return Attention(
            encoder=_weights(self.encoder.layers, "attention"),
            decoder=_weights(self.decoder.layers, "attention"),
            cross=_weights(self.decoder.layers, "cross_attention"),
        )

    def embed(self, tokens: Tensor, start: int = 0) -> Tensor:
        """tokens [B, L] -> embeddings, scaled by √d_model, plus positions from `start` on [B, L, D]."""
        scaled = self.embedding(tokens) * math.sqrt(self.sizes.d_model)
        positions = positional_encoding(start + tokens.size(1), self.sizes.d_model)[start:]
        return scaled + positions.to(scaled)

    def _not_pad(self, source: Tensor) -> Tensor:
        """source [B, S] -> mask [B, 1, 1, S], True where there is a token."""
        return (source != self.pad)[:, None, None, :]


def _weights(layers: nn.ModuleList, sublayer: str) -> Tensor:
    """What this attention of each layer weighed last, stacked [N, B, H, L, M]."""
    return torch.stack([getattr(layer, sublayer).weights for layer in layers])
