"""Recurrence and attention: the same poems, then strings to repeat that grow, then who waits for whom."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from ..poems import load_poems
from ..training import cut, lessons_of
from ..transformer import Sizes, Transformer, scaled_dot_product_attention
from ..vocabulary import Vocabulary

SEEDS = range(3)
WIDTH, EMBEDDED = 128, 64
KANA = "いろはにほへとちりぬるをわかよた"
LENGTHS = (4, 8, 12, 16, 20, 24, 28, 32)
"""At which strings are tried; in training they have any length up to the last."""
BATCH, STEPS, TRIED = 64, 1000, 256
MOST, CHECK_EVERY = 400, 10
"""On the poems: the most steps, and how often all of them are tried."""
RATE, RISE = 0.003, 50


class Recurrent(nn.Module):
    """One GRU reads the source, another says the target from the vector at which the first ends.

    With `looks`, the second also looks back at all vectors of the first, by the attention of this book.
    """

    def __init__(self, vocabulary: int, looks: bool) -> None:
        super().__init__()
        self.looks = looks
        self.embedding = nn.Embedding(vocabulary, EMBEDDED)
        self.reads = nn.GRU(EMBEDDED, WIDTH, batch_first=True)
        self.says = nn.GRU(EMBEDDED, WIDTH, batch_first=True)
        self.output = nn.Linear(2 * WIDTH if looks else WIDTH, vocabulary)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """source [B, S], target [B, T] of token ids -> logits [B, T, V]."""
        there = source != Vocabulary.pad  # [B, S]
        packed = pack_padded_sequence(
            self.embedding(source), there.sum(1), batch_first=True, enforce_sorted=False
        )
        read, last = self.reads(packed)
        said, _ = self.says(self.embedding(target), last)  # [B, T, WIDTH]
        if self.looks:
            memory, _ = pad_packed_sequence(read, batch_first=True)  # [B, S, WIDTH]
            seen, _ = scaled_dot_product_attention(said, memory, memory, there[:, None])
            said = torch.cat((said, seen), dim=-1)
        logits: Tensor = self.output(said)
        return logits


MODELS: dict[str, Callable[[int], nn.Module]] = {
    "fixed": lambda vocabulary: Recurrent(vocabulary, looks=False),
    "attention": lambda vocabulary: Recurrent(vocabulary, looks=True),
    "transformer": lambda vocabulary: Transformer(Sizes(vocabulary)),
}
"""A GRU with one fixed vector; the same with attention; the Transformer of this book."""


def run(
    seeds: Sequence[int] = SEEDS,
    steps: int = STEPS,
    most: int = MOST,
    lengths: Sequence[int] = LENGTHS,
) -> dict[str, dict[str, Any]]:
    """Of each model: parameters, steps on the poems by seed, strings repeated by seed and length, chains."""
    torch.set_num_threads(1)
    poems = Vocabulary.of(load_poems())
    return {
        name: {
            "parameters": sum(each.numel() for each in build(len(poems)).parameters()),
            "poems": [steps_on_poems(build, seed, most) for seed in seeds],
            "repeated": [repeated(build, seed, steps, lengths) for seed in seeds],
            "chain": [chain(build(len(poems)), length) for length in lengths],
        }
        for name, build in MODELS.items()
    }


def seeded(build: Callable[[int], nn.Module], vocabulary: int, seed: int) -> nn.Module:
    """A new model whose weights depend on the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build(vocabulary)


def take_steps(
    model: nn.Module, batches: Iterator[tuple[Tensor, Tensor]], steps: int
) -> Iterator[int]:
    """Train on a batch of sources and targets a step; after each, its number."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / RISE, 1 - step / (steps + 1))
    )
    for step, (sources, targets) in zip(range(1, steps + 1), batches, strict=False):
        logits = model(sources, targets[:, :-1])
        loss = nn.functional.cross_entropy(
            logits.flatten(0, 1), targets[:, 1:].flatten(), ignore_index=Vocabulary.pad
        )
        model.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        yield step


@torch.inference_mode()
def right(model: nn.Module, sources: Tensor, targets: Tensor) -> Tensor:
    """Which targets [B, T + 1] would be said whole: those of which each likeliest token is right."""
    given, wanted = targets[:, :-1], targets[:, 1:]
    named: Tensor = model(sources, given).argmax(-1) == wanted
    return (named | (wanted == Vocabulary.pad)).all(dim=1)


def steps_on_poems(build: Callable[[int], nn.Module], seed: int, most: int) -> int | None:
    """Steps until all poems are recited, from the whole upper verse and from the 決まり字; None if never."""
    poems, dice = load_poems(), random.Random(seed)
    vocabulary, lessons = Vocabulary.of(poems), lessons_of(poems)
    model = seeded(build, len(vocabulary), seed)
    targets = vocabulary.targets([each.target for each in lessons])
    whole = vocabulary.sources([each.source for each in lessons])
    shortest = vocabulary.sources([each.shortest for each in lessons])

    def cuts() -> Iterator[tuple[Tensor, Tensor]]:
        while True:
            yield vocabulary.sources([cut(each, dice) for each in lessons]), targets

    for step in take_steps(model, cuts(), most):
        if step % CHECK_EVERY == 0 and all(
            right(model, sources, targets).all() for sources in (whole, shortest)
        ):
            return step
    return None


def repeated(
    build: Callable[[int], nn.Module], seed: int, steps: int, lengths: Sequence[int]
) -> list[float]:
    """Trained to repeat strings of any length: of strings of each length, the share said whole."""
    vocabulary, dice = Vocabulary(KANA, verses=False), random.Random(seed)

    def strings(length: int, number: int) -> tuple[Tensor, Tensor]:
        drawn = ["".join(dice.choices(KANA, k=length)) for _ in range(number)]
        return vocabulary.sources(drawn), vocabulary.targets(drawn)

    model = seeded(build, len(vocabulary), seed)
    batches = (strings(dice.randint(1, max(lengths)), BATCH) for _ in range(steps))
    for _ in take_steps(model, batches, steps):
        pass
    return [right(model, *strings(length, TRIED)).float().mean().item() for length in lengths]


def chain(model: nn.Module, length: int) -> int:
    """How many operations wait for each other, at least, from the first input to the last output.

    The longest way through the graph by which gradients go back, for a source and a target of
    this length: what stands on no common way can be computed at the same time.
    """
    tokens = torch.full((1, length), Vocabulary.eos + 1)
    depths: dict[Any, int] = {}
    stack = [model(tokens, tokens).grad_fn]
    while stack:
        node = stack[-1]
        before = [each for each, _ in node.next_functions if each is not None]
        if missing := [each for each in before if each not in depths]:
            stack += missing
        else:
            depths[stack.pop()] = 1 + max((depths[each] for each in before), default=0)
    return max(depths.values())
