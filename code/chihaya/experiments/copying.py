"""The lecture's model, taught as it was and shifted: what it does, with parts knocked out, and the controls."""

import random
from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import torch
from torch.nn.functional import cross_entropy

from .. import knockout, mirror
from ..poems import Poem, load_poems
from ..vocabulary import Vocabulary

SEEDS = (42, 0, 1, 2, 3)
"""The lecture's, and others."""
KNOCKED_OUT = (
    (),
    ("self_attn",),
    ("multihead_attn",),
    ("linear2",),
    ("diagonal",),
    ("self_attn", "multihead_attn"),
    ("self_attn", "multihead_attn", "linear2"),
    ("residual",),
)


def run() -> dict[str, Any]:
    """All that the page on the mirror states of models that it would take too long to train there."""
    poems = load_poems()
    return {
        "copiers": [copier(poems, seed, 10) for seed in SEEDS],
        "hidden": [hidden(poems, seed, 10) for seed in SEEDS],
        "reader": reader(poems, 40),
        "together": taught(poems, len(poems), 400, lambda share: 5e-3),
        "constant": taught(poems, 1, 60, lambda share: 1e-3),
        "falling": taught(poems, 1, 60, lambda share: 1e-3 * (1 - share)),
    }


def copier(poems: Sequence[Poem], seed: int, epochs: int) -> dict[str, Any]:
    """Taught as in the lecture: its history, its maps, and what is left without some of its parts."""
    learner = mirror.teach(poems, shifted=False, epochs=epochs, seed=seed)
    weights = attention(learner, poems[16].shimo_kana)
    return {
        "seed": seed,
        "history": learner.history,
        "influence": rounded(influence(learner, poems)),
        "attention": rounded(weights),
        "right": [
            {
                "without": parts,
                "right": mirror.teacher_forced(knockout.without(learner, *parts), poems),
            }
            for parts in KNOCKED_OUT
        ],
    }


def hidden(poems: Sequence[Poem], seed: int, epochs: int) -> dict[str, Any]:
    """The lecture's task, but in all of the training no position reads itself."""

    class Hidden(mirror.LectureTransformer):
        def __init__(self, vocabulary: int) -> None:
            super().__init__(vocabulary)
            knockout.hide_diagonal(self)

    with patch.object(mirror, "LectureTransformer", Hidden):
        learner = mirror.teach(poems, shifted=False, epochs=epochs, seed=seed)
    return {"seed": seed, "history": learner.history}


def reader(poems: Sequence[Poem], epochs: int) -> dict[str, Any]:
    """Shifted, and nothing else changed: its history, its map, and how many kana are right."""
    learner = mirror.teach(poems, shifted=True, epochs=epochs)
    verses = [poem.shimo_kana for poem in poems]
    answers = learner.answers([poem.kami_kana for poem in poems], verses)
    return {
        "history": learner.history,
        "influence": rounded(influence(learner, poems)),
        "kana": sum(
            said == kana
            for answer, verse in zip(answers, verses, strict=True)
            for said, kana in zip(answer, verse, strict=False)  # an answer may end early
        ),
        "of": sum(map(len, verses)),
    }


def influence(learner: mirror.Learner, poems: Sequence[Poem]) -> torch.Tensor:
    """Of the seventeenth poem which given kana sway which answers [N, N]."""
    return mirror.influence(learner, poems[16].kami_kana, poems[16].shimo_kana)


@torch.inference_mode()
def attention(learner: mirror.Learner, verse: str) -> torch.Tensor:
    """The mean of the heads of the decoder's self-attention [T, T]."""
    model, target = learner.model, learner.vocabulary.targets([verse])  # [1, T]
    length = target.size(1)
    x = model.target_embedding(target) + model.positions[:length]  # [1, T, D]
    _, weights = model.decoder.self_attn(x, x, x, attn_mask=model.future[:length, :length])
    mean: torch.Tensor = weights[0]
    return mean


def taught(
    poems: Sequence[Poem], size: int, epochs: int, rate: Callable[[float], float]
) -> list[int]:
    """The lecture's model, shifted, with `size` poems a step and another rate: recited after each tenth."""
    vocabulary = Vocabulary.of(poems)
    torch.manual_seed(42)
    model = mirror.LectureTransformer(len(vocabulary))
    optimizer = torch.optim.Adam(model.parameters(), betas=(0.9, 0.98), eps=1e-9, fused=True)
    order = random.Random(42)
    recited = []
    for epoch in range(epochs):
        optimizer.param_groups[0]["lr"] = rate(epoch / epochs)
        mixed = order.sample(list(poems), len(poems))
        for start in range(0, len(mixed), size):
            part = mixed[start : start + size]
            source = vocabulary.targets([poem.kami_kana for poem in part])
            given, wanted = mirror.task(
                vocabulary.targets([poem.shimo_kana for poem in part]), shifted=True
            )
            loss = cross_entropy(
                model(source, given).flatten(0, 1), wanted.flatten(), ignore_index=Vocabulary.pad
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if (epoch + 1) % (epochs // 10) == 0:
            recited.append(mirror.recited(mirror.Learner(model, vocabulary, True), poems))
    return recited


def rounded(table: torch.Tensor) -> list[list[float]]:
    """A table of numbers to four digits after the point."""
    return [[round(value, 4) for value in row] for row in table.tolist()]
