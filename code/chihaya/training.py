"""Pairs in, a Reciter out; the poems are the pairs that it was made for."""

import copy
import random
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.optim.lr_scheduler import LambdaLR
from tqdm import tqdm

from .pairs import Pair, telling_beginnings
from .poems import Poem, load_poems
from .recital import Check, Reciter
from .transformer import Sizes, Transformer
from .vocabulary import Vocabulary

STEPS = 120
ROUNDS, FEWEST, MOST = 80, 600, 6000
"""For pairs that are no poems: steps to go so often round all pairs, but within these."""
BATCH = 128
"""The most pairs in a step, and in a pass that changes nothing. Of poems a step sees all."""
CHECK_EVERY, SELDOMEST = 5, 100
"""Steps between looks at the model: as many as go round all pairs, but within these."""
PATIENCE, LOOKED_AT = 1 / 2, 256
"""Training ends after this share of its steps in which the loss on so many held-out pairs was not lower."""
RISE, FALL, FLOOR = 8, 80, 0.1
"""The learning rates: so many steps up, down until this one, and this share of them from there on."""
MUON: dict[str, Any] = {"lr": 0.03, "momentum": 0.9, "adjust_lr_fn": "match_rms_adamw"}
ADAMW: dict[str, Any] = {"lr": 0.01, "betas": (0.9, 0.999)}
RECIPE = {"rise": RISE, "fall": FALL, "floor": FLOOR, "Muon": MUON, "AdamW": ADAMW}

Item = TypeVar("Item")


class NotLearnedWarning(UserWarning):
    """Training ended before every poem was recited from its 決まり字, or every target from its source."""


class Lesson(NamedTuple):
    """A pair, and the shortest beginning of its source from which the target is to be said."""

    source: str
    target: str
    shortest: str


def train(
    pairs: Sequence[Poem | Pair] | None = None,
    seed: int = 0,
    *,
    held_out: Sequence[Pair] = (),
    beginnings: bool = False,
    steps: int | None = None,
    d_model: int = 64,
    heads: int = 4,
    layers: int = 2,
) -> Reciter:
    """Train a Transformer until it recites every poem from the whole upper verse and from its 決まり字.

    Teacher forcing: the decoder is given `<bos>` and the target (the lower verse), and learns to
    say, at each position, the token that comes next. Of each upper verse the encoder sees a
    beginning, cut anew at each step (`cut`). The sources of pairs that are no poems it sees whole,
    for where targets follow a rule they hang on all of their source: 12 is no beginning from which
    to read 1234. With `beginnings` they are cut, too, as short as no other source begins.

    With `held_out` pairs, of which it learns the characters alone, training ends when the loss on
    them falls no more, and the weights are those with which it was lowest.

    The same seed and number of threads give the same weights on the same machine. Warns with
    NotLearnedWarning when 120 steps (or `steps`) were not enough, unless pairs were held out;
    `Reciter.history` says how far it came.
    """
    pairs = load_poems() if pairs is None else pairs
    verses = isinstance(pairs[0], Poem)
    lessons, unseen = lessons_of(pairs, beginnings), lessons_of(held_out)
    characters = "".join(each.source + each.target for each in lessons + unseen)
    vocabulary = Vocabulary(characters, verses=verses)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        sizes = Sizes(len(vocabulary), d_model, heads, d_ff=2 * d_model, layers=layers)
        reciter = Reciter(Transformer(sizes, pad=vocabulary.pad), vocabulary)
    recipe = recipe_for(len(lessons), verses, seed, steps)
    if not verses:
        recipe |= {"pairs": len(lessons), "held_out": len(unseen), "beginnings": beginnings}
    every = min(max(CHECK_EVERY, len(lessons) // BATCH), SELDOMEST)
    history: list[Check] = []
    waiting = Waiting(unseen[:LOOKED_AT], PATIENCE * recipe["steps"] / every)
    taken = take_steps(reciter, lessons, recipe)
    with tqdm(taken, total=recipe["steps"], desc="学習", unit="歩", leave=False) as progress:
        for step, batch, loss in progress:
            if step % every and step < recipe["steps"]:
                continue
            history.append(check(reciter, batch, step, loss))
            progress.set_postfix_str(f"損失 {loss:.3f}，暗唱 {history[-1].full}")
            if unseen:
                if waiting.in_vain(reciter):
                    break
            elif learned(history, batch) and recites(reciter, lessons):
                break
        else:
            if not unseen:
                warnings.warn(
                    _not_learned(history[-1], len(batch), verses), NotLearnedWarning, stacklevel=2
                )
    if unseen:
        reciter.model.load_state_dict(waiting.best)
    return Reciter(reciter.model, vocabulary, tuple(history), recipe, tuple(waiting.losses))


def recipe_for(lessons: int, verses: bool, seed: int, steps: int | None) -> dict[str, Any]:
    """All that training is told. Of pairs that are no poems the rates fall to the end, to nothing."""
    if verses:
        return {"seed": seed, "steps": steps or STEPS} | RECIPE
    steps = steps or min(max(ROUNDS * lessons // BATCH, FEWEST), MOST)
    return {"seed": seed, "steps": steps} | RECIPE | {"fall": steps, "floor": 0, "batch": BATCH}


def lessons_of(pairs: Sequence[Poem | Pair], beginnings: bool = False) -> list[Lesson]:
    """What is to be learned: poems from their 決まり字 on, other pairs from the whole source.

    With `beginnings`, other pairs from their telling beginnings, too, where they have one.
    """
    lessons = [
        Lesson(*each.pair, each.kimariji) if isinstance(each, Poem) else Lesson(*each, each.source)
        for each in pairs
    ]
    if not beginnings:
        return lessons
    found = telling_beginnings([each.source for each in lessons])
    return [
        each._replace(shortest=telling or each.source)
        for each, telling in zip(lessons, found, strict=True)
    ]


def take_steps(
    reciter: Reciter, lessons: Sequence[Lesson], recipe: dict[str, Any]
) -> Iterator[tuple[int, Sequence[Lesson], float]]:
    """Change the model step by step; after each, its number, what it saw and the loss on that."""
    dice = random.Random(recipe["seed"])
    optimizers = muon_and_adamw(reciter.model)
    schedules = [
        LambdaLR(optimizer, lambda step: share_of_rate(step, recipe["fall"], recipe["floor"]))
        for optimizer in optimizers
    ]
    found = batches(lessons, recipe.get("batch", len(lessons)), dice)
    for step, batch in zip(range(1, recipe["steps"] + 1), found, strict=False):
        sources = reciter.vocabulary.sources([cut(each, dice) for each in batch])  # [B, S]
        targets = reciter.vocabulary.targets([each.target for each in batch])  # [B, T + 1]
        loss = next_token_loss(reciter.model, sources, targets)
        reciter.model.zero_grad()
        loss.backward()
        for optimizer, schedule in zip(optimizers, schedules, strict=True):
            optimizer.step()
            schedule.step()
        yield step, batch, loss.item()


def batches(items: Sequence[Item], size: int, dice: random.Random) -> Iterator[Sequence[Item]]:
    """Few items all at once, for ever; more than `size` in parts, each time round in a new order."""
    while True:
        if len(items) <= size:
            yield items
        else:
            yield from parts(dice.sample(items, len(items)), size)


def parts(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """All items in their order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class Waiting:
    """Waits for a lower loss on lessons that were held out, and keeps the weights of the lowest."""

    def __init__(self, unseen: Sequence[Lesson], patience: float) -> None:
        """`patience`: after how many looks without a lower loss it waits no longer."""
        self.unseen = unseen
        self.patience = patience
        self.losses: list[float] = []
        self.best: dict[str, Tensor] = {}

    @torch.inference_mode()
    def in_vain(self, reciter: Reciter) -> bool:
        """Look at the loss; whether it was lowest long ago."""
        sources = reciter.vocabulary.sources([each.source for each in self.unseen])
        targets = reciter.vocabulary.targets([each.target for each in self.unseen])
        self.losses.append(next_token_loss(reciter.model, sources, targets).item())
        looks_since = len(self.losses) - 1 - self.losses.index(min(self.losses))
        if looks_since == 0:
            self.best = copy.deepcopy(reciter.model.state_dict())
        return looks_since >= self.patience


def muon_and_adamw(model: Transformer) -> tuple[torch.optim.Optimizer, ...]:
    """Muon for the matrices within the layers; AdamW for embedding, biases and norms.

    Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/) makes a step about
    equally long in every direction of a matrix: about half the steps of AdamW alone. Neither
    momentum changes in the course of the training.
    """
    embedding = model.embedding.weight
    matrices = [each for each in model.parameters() if each.ndim == 2 and each is not embedding]
    rest = [embedding, *(each for each in model.parameters() if each.ndim == 1)]
    return torch.optim.Muon(matrices, **MUON), torch.optim.AdamW(rest, fused=True, **ADAMW)


def share_of_rate(step: int, fall: int, floor: float) -> float:
    """The share of its rate that an optimizer takes after so many steps: up, down, then the floor."""
    return min((step + 1) / RISE, max((fall - step) / max(fall - RISE, 1), floor))


def cut(lesson: Lesson, cuts: random.Random) -> str:
    """A beginning of the source, of random length, at least the shortest one (the 決まり字).

    Short beginnings are the hard ones, so the cube makes them frequent: about half of the cuts
    leave no more than one or two kana beyond it. A uniform length takes twice the steps.
    """
    shortest = len(lesson.shortest)
    beyond = len(lesson.source) - shortest  # kana that may be left out
    return lesson.source[: shortest + int((beyond + 1) * cuts.random() ** 3)]


def next_token_loss(model: Transformer, sources: Tensor, targets: Tensor) -> Tensor:
    """Mean cross entropy (nats) of each token of `targets` [B, T + 1] given those before it."""
    given, wanted = targets[:, :-1], targets[:, 1:]  # the shift by one
    logits = model(sources, given)  # [B, T, V]
    return cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=model.pad)


@torch.inference_mode()
def check(reciter: Reciter, lessons: Sequence[Lesson], step: int, loss: float) -> Check:
    """How many targets would be said from the whole source and from its shortest beginning: foretold.

    One teacher-forced pass tells it. A target is said exactly if and only if the likeliest token
    after each beginning of it is the right one: the first token hangs on nothing said, and
    whoever has said all right so far has said what teacher forcing gives.
    """
    heard = [each.source for each in lessons] + [each.shortest for each in lessons]
    sources = reciter.vocabulary.sources(heard)  # [2 B, S]
    targets = reciter.vocabulary.targets([each.target for each in lessons] * 2)
    given, wanted = targets[:, :-1], targets[:, 1:]
    right = reciter.model(sources, given).argmax(-1) == wanted
    exact = (right | (wanted == reciter.vocabulary.pad)).all(dim=1)  # [2 B]
    full, kimariji = exact.unflatten(0, (2, -1)).sum(dim=1).tolist()
    return Check(step, loss, full, kimariji)


def learned(history: Sequence[Check], lessons: Sequence[object]) -> bool:
    """Whether the last check found all that it looked at, from whole sources and from beginnings."""
    return history[-1].full == history[-1].kimariji == len(lessons)


def recites(reciter: Reciter, lessons: Sequence[Lesson]) -> bool:
    """Whether every target is said when nothing of it is given: the truth, not foretold."""
    asked = [(each.source, each.target) for each in lessons]
    asked += [(each.shortest, each.target) for each in lessons if each.shortest != each.source]
    return all(
        reciter.recite_all([heard for heard, _ in part]) == [target for _, target in part]
        for part in parts(asked)
    )


def _not_learned(last: Check, total: int, verses: bool) -> str:
    if not verses:
        return (
            f"{last.step} 歩では覚えきれなかった：最後の {total} 対のうち，言えるのは {last.full} 対。"
            "歩数か d_model を増やしてみてほしい。"
        )
    return (
        f"{last.step} 歩では覚えきれなかった：{total} 首のうち，上の句全体から {last.full} 首，"
        f"決まり字から {last.kimariji} 首。別の seed を試してほしい。"
    )
