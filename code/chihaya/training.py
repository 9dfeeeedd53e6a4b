"""Pairs in, a Reciter out; the poems are the pairs that it was made for."""

import copy
import random
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from tqdm import tqdm

from .checkpoint import Checkpoint, State
from .pairs import Pair, telling_beginnings
from .poems import Poem, load_poems
from .processes import first, mean, place, shared
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
MUON: dict[str, Any] = {
    "lr": 0.03,
    "momentum": 0.9,
    "ns_steps": 3,  # of five the poems need no fewer steps, and each step takes longer
    "adjust_lr_fn": "match_rms_adamw",
}
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
    device: str = "cpu",
    checkpoint: Checkpoint | None = None,
) -> Reciter:
    """Train a Transformer until it recites every poem from the whole upper verse and from its 決まり字.

    Teacher forcing: the decoder is given `<bos>` and the target (the lower verse), and learns to
    say, at each position, the token that comes next. Of each upper verse the encoder sees a
    beginning, cut anew at each step (`cut`). The sources of pairs that are no poems it sees whole,
    for where targets follow a rule they hang on all of their source: 12 is no beginning from which
    to read 1234. With `beginnings` they are cut, too, as short as no other source begins.

    With `held_out` pairs, of which it learns the characters alone, training ends when the loss on
    them falls no more, and the weights are those with which it was lowest.

    `checkpoint` holds the state of the training now and then, or gives the one to go on from. Of
    several processes (`processes.together`) each learns from its share of a step's pairs.

    The same seed and number of threads give the same weights on the same machine. Warns with
    NotLearnedWarning when 120 steps (of pairs 600 to 6000, or `steps`) were not enough, unless
    pairs were held out;
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
    reciter.model.to(device)
    recipe = recipe_for(len(lessons), verses, seed, steps)
    if not verses:
        recipe |= {"pairs": len(lessons), "held_out": len(unseen), "beginnings": beginnings}
    run = Run(reciter, lessons, unseen, recipe)
    if found := first(lambda: checkpoint and checkpoint.load(run.task)):
        run.resume(found)
    done = study(run, checkpoint)
    history, losses, best = first(lambda: (run.history, run.waiting.losses, run.waiting.best))
    if unseen:
        reciter.model.load_state_dict(best)
    elif not done:
        missed = _not_learned(history[-1], len(run.batch), verses)
        warnings.warn(missed, NotLearnedWarning, stacklevel=2)
    return Reciter(reciter.model, vocabulary, tuple(history), recipe, tuple(losses))


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


class Run:
    """A training: what it is to learn, and how far it has come."""

    def __init__(
        self,
        reciter: Reciter,
        lessons: Sequence[Lesson],
        unseen: Sequence[Lesson],
        recipe: dict[str, Any],
    ) -> None:
        self.reciter, self.lessons, self.recipe = reciter, lessons, recipe
        pairs = sha256(repr((lessons, unseen)).encode()).hexdigest()
        self.task = {"recipe": recipe, "sizes": asdict(reciter.model.sizes), "pairs": pairs}
        self.optimizers = muon_and_adamw(reciter.model)
        self.every = min(max(CHECK_EVERY, len(lessons) // BATCH), SELDOMEST)
        self.step = 0
        self.batch: Sequence[Lesson] = ()
        self.history: list[Check] = []
        self.waiting = Waiting(unseen[:LOOKED_AT], PATIENCE * recipe["steps"] / self.every)

    def take_steps(self) -> Iterator[float]:
        """Change the model step by step; after each, the loss on what it saw."""
        model = shared(self.reciter.model)
        heard = batches_heard(self.lessons, self.recipe)
        for batch, beginnings in islice(heard, self.step, self.recipe["steps"]):
            loss = share_of_loss(model, self.reciter, batch, beginnings)
            model.zero_grad()
            loss.backward()
            rate = share_of_rate(self.step, self.recipe["fall"], self.recipe["floor"])
            for optimizer in self.optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = rate * optimizer.defaults["lr"]
                optimizer.step()
            self.batch = batch
            self.step += 1
            yield mean(loss)

    def look(self, loss: float) -> bool:
        """Look at the model; whether there is nothing left to learn."""
        self.history.append(check(self.reciter, self.batch, self.step, loss))
        if self.waiting.unseen:
            return self.waiting.in_vain(self.reciter)
        return learned(self.history, self.batch) and recites(self.reciter, self.lessons)

    def state(self) -> State:
        """All that `resume` needs to go on as if nothing had been."""
        told = {"step": self.step, "history": self.history, "losses": self.waiting.losses}
        tensors = _named("weights", self.reciter.model.state_dict())
        tensors |= _named("best", self.waiting.best)
        for optimizer in self.optimizers:
            for number, kept in optimizer.state_dict()["state"].items():
                tensors |= _named(f"{type(optimizer).__name__}/{number}", kept)
        return State(told, tensors)

    def resume(self, state: State) -> None:
        """Go on from there."""
        self.step = state.told["step"]
        self.history = [Check(*row) for row in state.told["history"]]
        self.waiting.losses = state.told["losses"]
        groups: dict[str, dict[str, Tensor]] = defaultdict(dict)
        for name, tensor in state.tensors.items():
            group, _, rest = name.partition("/")
            groups[group][rest] = tensor
        self.reciter.model.load_state_dict(groups["weights"])
        self.waiting.best = groups["best"]
        for optimizer in self.optimizers:
            kept: dict[int, dict[str, Tensor]] = defaultdict(dict)
            for name, tensor in groups[type(optimizer).__name__].items():
                number, _, what = name.partition("/")
                kept[int(number)][what] = tensor
            optimizer.load_state_dict(optimizer.state_dict() | {"state": kept})


def _named(part: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"{part}/{name}": tensor for name, tensor in tensors.items()}


def study(run: Run, checkpoint: Checkpoint | None) -> bool:
    """Take the steps that are left: whether they ended sooner, for nothing was left to learn."""
    number, _ = place()
    steps = run.recipe["steps"]
    quiet: dict[str, Any] = {"disable": True} if number else {}
    taken = run.take_steps()
    with tqdm(
        taken, initial=run.step, total=steps, desc="学習", unit="歩", leave=False, **quiet
    ) as progress:

        def ended(loss: float) -> bool:
            found = run.look(loss)
            progress.set_postfix_str(f"損失 {loss:.3f}，暗唱 {run.history[-1].full}")
            return found

        for loss in progress:
            if run.step % run.every == 0 or run.step == steps:
                if first(partial(ended, loss)):
                    return True
            elif checkpoint and number == 0:
                checkpoint.keep(run.task, run.state)
    return False


def batches_heard(
    lessons: Sequence[Lesson], recipe: dict[str, Any]
) -> Iterator[tuple[Sequence[Lesson], list[str]]]:
    """The lessons of each step, and what is heard of their sources: the seed alone decides."""
    dice = random.Random(recipe["seed"])
    for batch in batches(lessons, recipe.get("batch", len(lessons)), dice):
        yield batch, [cut(each, dice) for each in batch]


def share_of_loss(
    model: nn.Module, reciter: Reciter, batch: Sequence[Lesson], heard: Sequence[str]
) -> Tensor:
    """The loss on this process's share of the batch, such that the mean of all is that of the batch.

    A share counts as its tokens do: the mean over all tokens is no mean of means. A process for
    which nothing is left looks at the first pair, which then counts for nothing.
    """
    number, count = place()
    texts = [each.target for each in batch]
    mine = texts[number::count]
    tokens = [sum(len(each) + 1 for each in part) for part in (mine, texts)]  # and <eos>
    sources = reciter.sources(heard[number::count] or heard[:1])  # [B, S]
    targets = reciter.targets(mine or texts[:1])  # [B, T + 1]
    return next_token_loss(model, sources, targets) * (count * tokens[0] / tokens[1])


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
        sources = reciter.sources([each.source for each in self.unseen])
        targets = reciter.targets([each.target for each in self.unseen])
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

    Short beginnings are the hard ones, so the cube makes them frequent: about half of the
    cuts leave no more than one or two kana beyond it. A uniform length takes twice the
    steps.
    """
    shortest = len(lesson.shortest)
    beyond = len(lesson.source) - shortest  # kana that may be left out
    return lesson.source[: shortest + int((beyond + 1) * cuts.random() ** 3)]


def next_token_loss(model: nn.Module, sources: Tensor, targets: Tensor) -> Tensor:
    """Mean cross entropy (nats) of each token of `targets` [B, T + 1], given the earlier."""
    given, wanted = targets[:, :-1], targets[:, 1:]  # the shift by one
    logits = model(sources, given)  # [B, T, V]
    return cross_entropy(
        logits.flatten(0, 1),
        wanted.flatten(),
        ignore_index=Vocabulary.pad,
    )


@torch.inference_mode()
def check(reciter: Reciter, lessons: Sequence[Lesson], step: int, loss: float) -> Check:
    """How many targets would be said from the whole source and from its shortest beginning: foretold.

    One teacher-forced pass tells it. A target is said exactly if and only if the likeliest token
    after each beginning of it is the right one: the first token hangs on nothing said, and
    whoever has said all right so far has said what teacher forcing gives.
    """
    heard = [each.source for each in lessons] + [each.shortest for each in lessons]
    sources = reciter.sources(heard)  # [2 B, S]
    targets = reciter.targets([each.target for each in lessons] * 2)
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
