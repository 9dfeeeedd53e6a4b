"""Memory and generalisation: what a model says of pairs that it learned, and of those it never met.

Numbers and dates, whose readings follow a rule; the hundred poems, whose lower verses follow none;
and the numbers again with their readings dealt out anew, so that nothing but the rule is gone.
"""

import random
import time
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..corpora import dates, numbers
from ..pairs import Pair
from ..poems import load_poems
from ..report import examine
from ..training import LOOKED_AT, NotLearnedWarning, train

ASKED = 1000
"""The most held-out pairs that a model is asked for: the next ones after those it learned."""
LONGER = 3000
"""Steps of a narrow model that is given five times as many: is it short of room or of steps?"""
FOLDS = 10
"""Into so many parts the poems are drawn; each is held out once, so each poem is asked for once."""
LAYERS = 1


class Outcome(NamedTuple):
    """One training, and how many of the pairs are said to the letter when the source alone is heard."""

    pairs: str
    """"numbers", "dates", "poems", "dealt": numbers with readings of other numbers; "longer": these, LONGER."""
    early: bool
    """Whether the lowest loss on further held-out pairs chose the weights; else, that all seen are said."""
    seen: int
    d_model: int
    seed: int
    steps: int
    seen_exact: int
    held_out: int
    held_out_exact: int
    teacher_forced: float
    """Teacher-forced accuracy on the held-out pairs."""
    cpu_seconds: float


def run(
    sizes: Sequence[int] = (30, 100, 300, 1000),
    few: Sequence[int] = (30, 100, 300),
    widths: Sequence[int] = (8, 16, 32),
    middle: int = 300,
    seeds: Sequence[int] = (0, 1, 2),
    folds: int = FOLDS,
    longer: int = LONGER,
) -> list[dict[str, Any]]:
    """All trainings; `few` of the dates, and `middle` pairs seen by models of other `widths`."""
    found = outcomes(sizes, few, widths, middle, seeds, folds, longer)
    return [outcome._asdict() for outcome in found]


def outcomes(
    sizes: Sequence[int],
    few: Sequence[int],
    widths: Sequence[int],
    middle: int,
    seeds: Sequence[int],
    folds: int,
    longer: int,
) -> Iterator[Outcome]:
    """One training after another."""
    ruled, unruled = numbers(), dealt(numbers())
    for seed in seeds:
        for size in sizes:
            yield teach("numbers", ruled, size, seed)
            yield teach("numbers", ruled, size, seed, early=True)
            yield teach("dealt", unruled, size, seed)
        for size in few:
            yield teach("dates", dates(), size, seed)
        for width in widths:
            yield teach("numbers", ruled, middle, seed, width)
            yield teach("dealt", unruled, middle, seed, width)
        yield teach("longer", unruled, middle, seed, min(widths), steps=longer)
    poems = drawn([poem.pair for poem in load_poems()], 0)
    for fold in range(folds):
        unseen = poems[fold::FOLDS]
        seen = [pair for pair in poems if pair not in unseen]
        yield outcome("poems", seen, unseen, (), fold, 64)


def teach(
    name: str,
    pairs: Sequence[Pair],
    size: int,
    seed: int,
    d_model: int = 64,
    early: bool = False,
    steps: int | None = None,
) -> Outcome:
    """Learn the first of the pairs drawn, ask for the next, and watch the loss on still others."""
    order = drawn(pairs, seed)
    seen, asked = order[:size], order[size : size + ASKED]
    watched = order[size + ASKED : size + ASKED + LOOKED_AT] if early else ()
    return outcome(name, seen, asked, watched, seed, d_model, steps)


def outcome(
    name: str,
    seen: Sequence[Pair],
    asked: Sequence[Pair],
    watched: Sequence[Pair],
    seed: int,
    d_model: int,
    steps: int | None = None,
) -> Outcome:
    """Train once and ask. A pair with a character that training never met cannot be said: not exact."""
    start = time.process_time()
    with warnings.catch_warnings():  # what was not learned is counted
        warnings.simplefilter("ignore", NotLearnedWarning)
        reciter = train(seen, seed, held_out=watched, d_model=d_model, layers=LAYERS, steps=steps)
    seconds = time.process_time() - start
    met = set(reciter.vocabulary.tokens)
    found = examine(reciter, [pair for pair in asked if met.issuperset("".join(pair))])
    return Outcome(
        pairs=name,
        early=bool(watched),
        seen=len(seen),
        d_model=d_model,
        seed=seed,
        steps=reciter.history[-1].step,
        seen_exact=examine(reciter, seen).exact,
        held_out=len(asked),
        held_out_exact=found.exact,
        teacher_forced=found.teacher_forced,
        cpu_seconds=round(seconds, 1),
    )


def drawn(pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """The pairs in an order of chance."""
    return random.Random(seed).sample(pairs, len(pairs))


def dealt(pairs: Sequence[Pair]) -> list[Pair]:
    """The same sources and the same targets, but whose is whose is chance: no rule leads there."""
    targets = [pair.target for pair in drawn(pairs, 0)]
    return [Pair(pair.source, target) for pair, target in zip(pairs, targets, strict=True)]
