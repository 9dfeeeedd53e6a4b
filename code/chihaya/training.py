"""Poems in, a Reciter out."""

import random
import warnings
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.optim.lr_scheduler import LambdaLR
from tqdm import tqdm

from .poems import Poem, load_poems
from .recital import Check, Reciter, hear, recall
from .transformer import Sizes, Transformer
from .vocabulary import Vocabulary

STEPS = 120
CHECK_EVERY = 5
RISE, FALL, FLOOR = 8, 80, 0.1
"""The learning rates: so many steps up, down until this one, and this share of them from there on."""
MUON: dict[str, Any] = {"lr": 0.03, "momentum": 0.9, "adjust_lr_fn": "match_rms_adamw"}
ADAMW: dict[str, Any] = {"lr": 0.01, "betas": (0.9, 0.999)}
RECIPE = {"rise": RISE, "fall": FALL, "floor": FLOOR, "Muon": MUON, "AdamW": ADAMW}


class NotLearnedWarning(UserWarning):
    """Training ended before every poem was recited from its 決まり字."""


def train(poems: Sequence[Poem] | None = None, seed: int = 0) -> Reciter:
    """Train a Transformer until it recites every poem from the whole upper verse and from its 決まり字.

    Teacher forcing: the decoder is given `<bos>` and the lower verse, and learns to say, at each
    position, the token that comes next. Of each upper verse the encoder sees a beginning, cut
    anew at each step (`cut`).

    The same seed and number of threads give the same weights on the same machine. Warns with
    NotLearnedWarning when 120 steps were not enough; `Reciter.history` says how far it came.
    """
    poems = load_poems() if poems is None else poems
    vocabulary = Vocabulary.of(poems)
    cuts = random.Random(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Transformer(Sizes(vocabulary=len(vocabulary)), pad=vocabulary.pad)
    optimizers = muon_and_adamw(model)
    schedules = [LambdaLR(optimizer, share_of_rate) for optimizer in optimizers]
    targets = vocabulary.targets([poem.shimo_kana for poem in poems])  # [B, T + 1]
    history: list[Check] = []
    with tqdm(total=STEPS, desc="学習", unit="歩", leave=False) as progress:
        for step in range(1, STEPS + 1):
            sources = vocabulary.sources([cut(poem, cuts) for poem in poems])  # [B, S]
            loss = next_token_loss(model, sources, targets)
            model.zero_grad()
            loss.backward()
            for optimizer, schedule in zip(optimizers, schedules, strict=True):
                optimizer.step()
                schedule.step()
            progress.update()
            if step % CHECK_EVERY == 0:
                reciter = Reciter(model, vocabulary)
                history.append(check(reciter, poems, step, loss.item()))
                progress.set_postfix_str(f"損失 {loss.item():.3f}，暗唱 {history[-1].full} 首")
                if learned(history, poems) and recites(reciter, poems):
                    break
        else:
            warnings.warn(_not_learned(history[-1], len(poems)), NotLearnedWarning, stacklevel=2)
    return Reciter(model, vocabulary, tuple(history), {"seed": seed, "steps": STEPS} | RECIPE)


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


def share_of_rate(step: int) -> float:
    """The share of its rate that an optimizer takes after so many steps: up, down, then the floor."""
    return min((step + 1) / RISE, max((FALL - step) / (FALL - RISE), FLOOR))


def cut(poem: Poem, cuts: random.Random) -> str:
    """A beginning of the upper verse, of random length, at least the 決まり字.

    Short beginnings are the hard ones, so the cube makes them frequent: about half of the cuts
    leave no more than one or two kana beyond the 決まり字. A uniform length takes twice the steps.
    """
    beyond = len(poem.kami_kana) - len(poem.kimariji)  # kana that may be left out
    return poem.kami_kana[: len(poem.kimariji) + int((beyond + 1) * cuts.random() ** 3)]


def next_token_loss(model: Transformer, sources: Tensor, targets: Tensor) -> Tensor:
    """Mean cross entropy (nats) of each token of `targets` [B, T + 1] given those before it."""
    given, wanted = targets[:, :-1], targets[:, 1:]  # the shift by one
    logits = model(sources, given)  # [B, T, V]
    return cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=model.pad)


@torch.inference_mode()
def check(reciter: Reciter, poems: Sequence[Poem], step: int, loss: float) -> Check:
    """How many poems would be recited from the whole upper verse and from the 決まり字: foretold.

    One teacher-forced pass tells it. A verse is recited exactly if and only if the likeliest token
    after each beginning of it is the right one: the first token hangs on nothing said, and
    whoever has said all right so far has said what teacher forcing gives.
    """
    heard = [hear(poem, prefix) for prefix in ("full", "kimariji") for poem in poems]
    sources = reciter.vocabulary.sources(heard)  # [2 B, S]
    targets = reciter.vocabulary.targets([poem.shimo_kana for poem in poems] * 2)
    given, wanted = targets[:, :-1], targets[:, 1:]
    right = reciter.model(sources, given).argmax(-1) == wanted
    exact = (right | (wanted == reciter.vocabulary.pad)).all(dim=1)  # [2 B]
    full, kimariji = exact.unflatten(0, (2, -1)).sum(dim=1).tolist()
    return Check(step, loss, full, kimariji)


def learned(history: Sequence[Check], poems: Sequence[Poem]) -> bool:
    """Whether the last check found every poem, from the whole upper verse and from the 決まり字."""
    return history[-1].full == history[-1].kimariji == len(poems)


def recites(reciter: Reciter, poems: Sequence[Poem]) -> bool:
    """Whether every poem is recited when nothing of the lower verse is given: the truth, not foretold."""
    counts = [recall(reciter, poems, prefix).correct for prefix in ("full", "kimariji")]
    return counts == [len(poems)] * 2


def _not_learned(last: Check, total: int) -> str:
    return (
        f"{last.step} 歩では覚えきれなかった：{total} 首のうち，上の句全体から {last.full} 首，"
        f"決まり字から {last.kimariji} 首。別の seed を試してほしい。"
    )
