"""What the cuts teach: the same training, and three ways to cut the verses that are heard in it."""

import random
import warnings
from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import torch
from torch import Tensor

from .. import training
from ..poems import Poem, beginning_with, load_poems
from ..recital import Reciter, greedy_decode, recall

SEEDS = range(5)
Cut = Callable[[training.Lesson, random.Random], str]


def uniform(lesson: training.Lesson, cuts: random.Random) -> str:
    """Every length from the 決まり字 to the whole verse as often as any other."""
    return lesson.source[: cuts.randint(len(lesson.shortest), len(lesson.source))]


def whole(lesson: training.Lesson, cuts: random.Random) -> str:
    """Nothing is cut."""
    return lesson.source


CUTS: dict[str, Cut] = {"cubed": training.cut, "uniform": uniform, "none": whole}


def run() -> list[dict[str, Any]]:
    """Of each cut and seed, what the model makes of parts of verses."""
    return [
        {"cut": name, "seed": seed} | examine(trained(cut, seed, training.STEPS))
        for name, cut in CUTS.items()
        for seed in SEEDS
    ]


def trained(cut: Cut, seed: int, steps: int) -> Reciter:
    """A model after all of its steps: none ends earlier because it has learned."""
    with (
        patch.object(training, "cut", cut),
        patch.object(training, "learned", return_value=False),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", training.NotLearnedWarning)
        return training.train(load_poems(), seed, steps=steps)


def examine(reciter: Reciter) -> dict[str, int]:
    """How many poems are recited from each part, and which way the last kana of long 決まり字 takes."""
    poems = load_poems()
    longest = max(len(poem.kimariji) for poem in poems)
    return {
        "full": recall(reciter, poems).correct,
        "kimariji": recall(reciter, poems, "kimariji").correct,
        "joined": recited(reciter, reciter.vocabulary.sources(joined(poems)), poems),
        "rest": recited(reciter, reciter.vocabulary.sources(rests(poems)), poems),
        "rest_in_place": recited(reciter, in_place(reciter, poems), poems),
    } | routes(reciter, [poem for poem in poems if len(poem.kimariji) == longest])


def recited(reciter: Reciter, sources: Tensor, poems: Sequence[Poem]) -> int:
    """How many lower verses are said to the letter from these sources [B, S]."""
    said = map(reciter.vocabulary.decode, greedy_decode(reciter.model, sources).tolist())
    return sum(answer == poem.shimo_kana for answer, poem in zip(said, poems, strict=True))


def joined(poems: Sequence[Poem]) -> list[str]:
    """Of each poem the 決まり字, and then what another poem has after so many kana."""
    dice = random.Random(0)
    others = [dice.choice([each for each in poems if each is not poem]) for poem in poems]
    return [
        poem.kimariji + other.kami_kana[len(poem.kimariji) :]
        for poem, other in zip(poems, others, strict=True)
    ]


def rests(poems: Sequence[Poem]) -> list[str]:
    """Of each upper verse what follows the 決まり字."""
    return [poem.kami_kana[len(poem.kimariji) :] for poem in poems]


def in_place(reciter: Reciter, poems: Sequence[Poem]) -> Tensor:
    """What follows the 決まり字, at the positions where it stands in the verse [B, S]."""
    sources = reciter.vocabulary.sources([poem.kami_kana for poem in poems])
    deciding = torch.tensor([len(poem.kimariji) for poem in poems])
    return sources.where(torch.arange(sources.size(1)) >= deciding[:, None], 0)  # 0: <pad>


@torch.inference_mode()
def routes(reciter: Reciter, poems: Sequence[Poem]) -> dict[str, int]:
    """Whom the decoder follows if the last of the encoder's vectors is that of the partner.

    The partner's 決まり字 has another last kana and nothing else.
    """
    found = {"follows_before": 0, "follows_last": 0, "follows_neither": 0}
    for poem in poems:
        (partner,) = set(beginning_with(poems, poem.kimariji[:-1])) - {poem}
        source = reciter.vocabulary.sources([poem.kimariji])  # [1, S]
        own, other = (
            reciter.model.encode(reciter.vocabulary.sources([each.kimariji]))  # [1, S, D]
            for each in (poem, partner)
        )
        swapped = torch.cat((own[:, :-1], other[:, -1:]), dim=1)
        with patch.object(reciter.model, "encode", return_value=swapped):
            said = reciter.vocabulary.decode(greedy_decode(reciter.model, source)[0].tolist())
        whom = {poem.shimo_kana: "before", partner.shimo_kana: "last"}.get(said, "neither")
        found[f"follows_{whom}"] += 1
    return found
