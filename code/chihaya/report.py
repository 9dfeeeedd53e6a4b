"""What a model has learned of pairs: said to the letter, and beside it what teacher forcing tells."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch.nn.functional import cross_entropy

from .pairs import Pair
from .recital import Reciter
from .training import parts


class Report(NamedTuple):
    """Of some pairs, seen in training or not: how many there are and what the model makes of them."""

    pairs: int
    exact: int
    """Targets said to the letter when the source alone is heard (recall)."""
    loss: float
    """Mean cross entropy (nats) of a token, given the right ones before it."""
    teacher_forced: float
    """教師強制 accuracy: the share of tokens that are likeliest given the right ones before them. No recall."""


@torch.inference_mode()
def examine(reciter: Reciter, pairs: Sequence[Pair]) -> Report:
    """Examine the model on these pairs; `<eos>` is a token as the others are."""
    vocabulary, model = reciter.vocabulary, reciter.model
    exact, tokens, right, loss = 0, 0, 0, 0.0
    for part in parts(pairs):
        sources, texts = zip(*part, strict=True)
        said = reciter.recite_all(sources)
        exact += sum(answer == text for answer, text in zip(said, texts, strict=True))
        targets = reciter.targets(texts)
        logits, wanted = model(reciter.sources(sources), targets[:, :-1]), targets[:, 1:]
        real = wanted != vocabulary.pad
        loss += cross_entropy(logits[real], wanted[real], reduction="sum").item()
        right += int((logits.argmax(-1) == wanted)[real].sum())
        tokens += int(real.sum())
    return Report(len(pairs), exact, loss / tokens, right / tokens)
