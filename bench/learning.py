"""CPU seconds and steps until all hundred poems are recited: the book's recipe and others, seed by seed."""

import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from unittest.mock import patch

from chihaya import mirror, training
from chihaya.poems import Poem
from chihaya.recital import Check, Reciter, recall
from peers import Bart, Ours, Outcome, Plain, Rates, Way, learn

TUNED: dict[str, tuple[Callable[[int], Way], Rates]] = {
    "AdamW": (Ours, Rates(0.01, 200)),
    "nn.Transformer": (Plain, Rates(0.007, 150)),
    "BART": (Bart, Rates(0.007, 150)),
}
"""What `peers.tune` found for each on seeds 0 to 4."""
WAYS = ("chihaya", "recital as check", *TUNED)
EPOCHS = 400
"""How long the lecture's loop is waited for."""


def race(poems: Sequence[Poem], seeds: Sequence[int]) -> dict[str, list[Outcome]]:
    """Every way on every seed: all of them on one, then on the next, so that all see the same machine.

    Each learns a few poems before, off the clock: what is imported at a first call is no one's learning.
    """
    found: dict[str, list[Outcome]] = {name: [] for name in WAYS if is_there(name)}
    for name in found:
        teach(name, poems[:3], seed=0)
    for seed in seeds:
        for name, outcomes in found.items():
            outcomes.append(teach(name, poems, seed))
            print(f"{seed:4}  {name:16}  {outcomes[-1]}", flush=True)
    return found


def is_there(name: str) -> bool:
    """Whether a way can be taken here; says so if not."""
    if name == "BART" and find_spec("transformers") is None:
        print("BART is left out: transformers is not installed (pip install -e '.[bench]')")
        return False
    return True


def teach(name: str, poems: Sequence[Poem], seed: int) -> Outcome:
    """Teach the poems in one way."""
    if name in TUNED:
        return learn(*TUNED[name], poems, seed)[0]
    if name == "recital as check":
        with patch.object(training, "check", check_by_recital):
            return ours(poems, seed)
    return ours(poems, seed)


def ours(poems: Sequence[Poem], seed: int) -> Outcome:
    """`chihaya.train` as it is, with its own closing recital; another, off the clock, counts the poems."""
    start = time.process_time()
    reciter = training.train(poems, seed)
    seconds = time.process_time() - start
    full, kimariji = recall(reciter, poems), recall(reciter, poems, "kimariji")
    return Outcome(seconds, reciter.history[-1].step, full.correct, kimariji.correct)


def check_by_recital(
    reciter: Reciter, lessons: Sequence[training.Lesson], step: int, loss: float
) -> Check:
    """What the one-pass check of `chihaya.train` stands for: both recitals, each time."""
    full, kimariji = (
        sum(
            said == each.target
            for said, each in zip(reciter.recite_all(heard), lessons, strict=True)
        )
        for heard in ([each.source for each in lessons], [each.shortest for each in lessons])
    )
    return Check(step, loss, full, kimariji)


def lecture(poems: Sequence[Poem], seed: int) -> dict[str, float | None]:
    """The lecture's loop with the shift, which hears upper verses whole: when it first recites all of them so.

    Its recital after each epoch is off the clock, for no other way pays for one.
    """
    start = time.process_time()
    learner = mirror.teach(poems, shifted=True, epochs=EPOCHS, seed=seed)
    seconds = time.process_time() - start
    start = time.process_time()
    mirror.recited(learner, poems)
    epoch = seconds / EPOCHS - (time.process_time() - start)
    first = next((each.epoch for each in learner.history if each.recited == len(poems)), None)
    said = learner.recite([poem.kimariji for poem in poems])
    return {
        "seconds an epoch": epoch,
        "first epoch": first,
        "kimariji": sum(verse == poem.shimo_kana for verse, poem in zip(said, poems, strict=True)),
    }
