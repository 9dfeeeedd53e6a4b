"""Ten times nine tenths of the poems: what a model, and a counter, make of the tenth they have not seen."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import cross_entropy

from ..poems import Poem, load_poems
from ..recital import Reciter, recall
from ..training import CHECK_EVERY, RECIPE, STEPS, Run, lessons_of
from ..transformer import Sizes, Transformer
from ..vocabulary import Vocabulary

FOLDS = 10
CONTEXTS = range(4)
"""How many kana before it the counter looks at."""

Table = dict[str, Counter[str]]


def run() -> dict[str, Any]:
    """What was learned of nine tenths, said of the tenth, and foretold of it on the way; summed up."""
    poems = load_poems()
    order = random.Random(0).sample(poems, len(poems))
    folds = [fold(poems, order[start::FOLDS], start, STEPS) for start in range(FOLDS)]
    return {
        "learned": [each["learned"] for each in folds],
        "said": {no: said for each in folds for no, said in each["said"].items()},
        "looks": [
            [rows[0][0], *summed([row[1:] for row in rows])] for rows in across(folds, "looks")
        ],
        "counted": [summed(rows) for rows in across(folds, "counted")],
    }


def across(folds: Sequence[dict[str, Any]], name: str) -> Any:
    """The first rows of all folds, then the second ones, and so on."""
    return zip(*(each[name] for each in folds), strict=True)


def summed(rows: Sequence[Sequence[float]]) -> list[float]:
    """Each column's sum, without a float's last digits."""
    return [round(sum(column), 3) for column in zip(*rows, strict=True)]


def fold(poems: Sequence[Poem], unseen: Sequence[Poem], seed: int, steps: int) -> dict[str, Any]:
    """Train on all poems but `unseen`, to the last step, and look at `unseen` on the way.

    The verses are cut by what tells them apart among themselves: of the others nothing is known
    but that there are such kana.
    """
    seen = [poem for poem in poems if poem not in unseen]
    lessons = lessons_of([poem.pair for poem in seen], beginnings=True)
    vocabulary = Vocabulary.of(poems)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        reciter = Reciter(Transformer(Sizes(len(vocabulary))), vocabulary)
    looks = []
    run = Run(reciter, lessons, (), RECIPE | {"seed": seed, "steps": steps})
    for _ in run.take_steps():
        if run.step == 1 or run.step % CHECK_EVERY == 0:
            looks.append((run.step, *foretold(reciter, seen), *foretold(reciter, unseen)))
    tables = [count(seen, k) for k in CONTEXTS]
    said = recall(reciter, unseen).recited
    return {
        "learned": recall(reciter, seen).correct,
        "said": {str(poem.no): answer for poem, answer in zip(unseen, said, strict=True)},
        "looks": looks,
        "counted": [counted(tables[: k + 1], unseen, vocabulary.characters) for k in CONTEXTS],
    }


@torch.inference_mode()
def foretold(reciter: Reciter, poems: Sequence[Poem]) -> tuple[float, int]:
    """Of the kana of the lower verses, each given those before it: how many nats, and how many named."""
    sources = reciter.vocabulary.sources([poem.kami_kana for poem in poems])
    targets = reciter.vocabulary.targets([poem.shimo_kana for poem in poems])
    given, wanted = targets[:, :-1], targets[:, 1:]
    first = reciter.vocabulary.eos + 1  # what is no kana counts for neither
    is_kana = wanted >= first
    scores = reciter.model(sources, given)[is_kana][:, first:]
    kana = wanted[is_kana] - first
    nats = cross_entropy(scores, kana, reduction="sum").item()
    return nats, int((scores.argmax(-1) == kana).sum())


def count(poems: Sequence[Poem], k: int) -> Table:
    """After each k kana of a poem, how often each kana comes next."""
    table: Table = defaultdict(Counter)
    for poem in poems:
        verse = "^" * k + poem.kami_kana + poem.shimo_kana
        for i in range(k, len(verse)):
            table[verse[i - k : i]][verse[i]] += 1
    return table


def counted(tables: Sequence[Table], poems: Sequence[Poem], kana: str) -> tuple[float, int]:
    """`foretold` for one who counts: longer contexts mixed with shorter ones as Witten and Bell do."""
    nats, named = 0.0, 0
    for poem in poems:
        verse = poem.kami_kana + poem.shimo_kana
        for i in range(len(poem.kami_kana), len(verse)):
            shares = dict.fromkeys(kana, 1 / len(kana))
            for k, table in enumerate(tables):
                if after := table.get(verse[i - k : i]):
                    n, m = after.total(), len(after)
                    shares = {c: (after[c] + m * p) / (n + m) for c, p in shares.items()}
            nats -= math.log(shares[verse[i]])
            named += max(shares, key=lambda c: shares[c]) == verse[i]
    return nats, named
