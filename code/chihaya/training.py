"""Poems in, a Reciter out."""

import random
import warnings
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from tqdm import tqdm

from .poems import Poem, load_poems
from .recital import Check, Reciter, recall
from .transformer import Sizes, Transformer
from .vocabulary import Vocabulary

STEPS = 250
LEARNING_RATE = 5e-3
MOMENTUM = (0.85, 0.95)
"""β₁ of AdamW runs against the learning rate: 0.95 at first, 0.85 where the rate is highest, 0.95 again."""
CHECK_EVERY = 5
CHECK_BELOW = 0.1
"""Reciting costs as much as a few steps: not tried before the loss (nats a kana) is this low."""


class NotLearnedWarning(UserWarning):
    """Training ended before every poem was recited from its 決まり字."""


def train(poems: Sequence[Poem] | None = None, seed: int = 0) -> Reciter:
    """Train a Transformer until it recites every poem from the whole upper verse and from its 決まり字.

    Teacher forcing: the decoder is given `<bos>` and the lower verse, and learns to say, at each
    position, the token that comes next. Of each upper verse the encoder sees a beginning, cut
    anew at each step (`cut`). The learning rate rises for a tenth of the steps and then falls
    (OneCycleLR), momentum the other way.

    The same seed and number of threads give the same weights on the same machine. Warns with
    NotLearnedWarning when 250 steps were not enough; `Reciter.history` says how far it came.
    """
    poems = load_poems() if poems is None else poems
    vocabulary = Vocabulary.of(poems)
    cuts = random.Random(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Transformer(Sizes(vocabulary=len(vocabulary)), pad=vocabulary.pad)
    lowest, highest = MOMENTUM
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, betas=(highest, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=LEARNING_RATE,
        total_steps=STEPS,
        pct_start=0.1,
        cycle_momentum=True,  # with β₁ held at 0.9 it takes longer
        base_momentum=lowest,
        max_momentum=highest,
    )
    targets = vocabulary.targets([poem.shimo_kana for poem in poems])  # [B, T + 1]
    history: list[Check] = []
    with tqdm(total=STEPS, desc="学習", unit="歩", leave=False) as progress:
        for step in range(1, STEPS + 1):
            sources = vocabulary.sources([cut(poem, cuts) for poem in poems])  # [B, S]
            loss = next_token_loss(model, sources, targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            progress.update()
            if step % CHECK_EVERY == 0:
                history.append(check(Reciter(model, vocabulary), poems, step, loss.item()))
                progress.set_postfix_str(f"損失 {loss.item():.3f}，暗唱 {history[-1].full} 首")
                if learned(history, poems):
                    break
        else:
            warnings.warn(_not_learned(history[-1], len(poems)), NotLearnedWarning, stacklevel=2)
    return Reciter(model, vocabulary, tuple(history))


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


def check(reciter: Reciter, poems: Sequence[Poem], step: int, loss: float) -> Check:
    """Recall from the whole upper verse and from the 決まり字; none, untried, while the loss is high."""
    if loss > CHECK_BELOW:
        return Check(step, loss, 0, 0)
    full = recall(reciter, poems).correct
    return Check(step, loss, full, recall(reciter, poems, "kimariji").correct)


def learned(history: Sequence[Check], poems: Sequence[Poem]) -> bool:
    """Whether the last check found every poem recited, from the whole upper verse and the 決まり字."""
    return history[-1].full == history[-1].kimariji == len(poems)


def _not_learned(last: Check, total: int) -> str:
    return (
        f"{last.step} 歩では覚えきれなかった：{total} 首のうち，上の句全体から {last.full} 首，"
        f"決まり字から {last.kimariji} 首。別の seed を試してほしい。"
    )
