"""What the model says when it hears the upper verse alone: recitation, recall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor

from .pairs import LONGEST
from .poems import Poem
from .transformer import Attention, Cache, Transformer
from .vocabulary import Vocabulary

Prefix = Literal["full", "kimariji"] | int
"""How much of the upper verse is heard: all of it, its 決まり字, or so many kana."""


class VerseError(ValueError):
    """A verse, or another source, that cannot be recited from: empty or too long."""


class Check(NamedTuple):
    """A look at the model during training: the loss of a step, and the poems it can recite after it."""

    step: int
    loss: float
    full: int
    kimariji: int


@dataclass(frozen=True)
class Reciter:
    """A trained Transformer, the vocabulary it speaks, the record of its training, and how it was trained."""

    model: Transformer
    vocabulary: Vocabulary
    history: tuple[Check, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)
    held_out: tuple[float, ...] = ()
    """At each row of `history` the loss on pairs that training did not see, if any were held out."""

    def recite(self, heard: str) -> str:
        """The lower verse that the model says when it hears `heard`, and nothing else.

        Raises VerseError for a verse that is empty or longer than 40 kana, and
        UnknownCharacterError for a character that the vocabulary lacks.
        """
        return self.recite_all([heard])[0]

    def recite_all(self, heard: Sequence[str]) -> list[str]:
        """`recite` for several verses in one batch."""
        for verse in heard:
            check_verse(verse, self.vocabulary)
        tokens = greedy_decode(self.model, self.sources(heard))
        return [self.vocabulary.decode(row) for row in tokens.tolist()]

    @torch.inference_mode()
    def attention(self, heard: str) -> tuple[str, Attention]:
        """What the model says to `heard`, and its attention while it says it.

        The rows of the decoder's weights stand for `<bos>` and each kana said, in
        order; the last row is where `<eos>` is chosen.
        """
        said = self.recite(heard)
        targets = self.targets([said])[:, :-1]  # [1, 1 + len(said)]
        self.model(self.sources([heard]), targets)
        return said, self.model.attention

    def sources(self, texts: Sequence[str]) -> Tensor:
        """`Vocabulary.sources`, on the device where the model is."""
        return self.vocabulary.sources(texts).to(self._device)

    def targets(self, texts: Sequence[str]) -> Tensor:
        """`Vocabulary.targets`, on the device where the model is."""
        return self.vocabulary.targets(texts).to(self._device)

    @property
    def _device(self) -> torch.device:
        return self.model.embedding.weight.device


def check_verse(heard: str, vocabulary: Vocabulary) -> None:
    """Raise VerseError or UnknownCharacterError if `heard` is no verse (or source) to recite from."""
    what, how = "上の句", "初めの数文字でもよいので，ひらがなで"
    if not vocabulary.verses:
        what, how = "source ", "一文字以上を"
    if not heard:
        raise VerseError(f"{what}が空である。{how}入力してほしい。")
    if len(heard) > LONGEST:
        raise VerseError(f"{what}が {len(heard)} 文字ある。{LONGEST} 文字までにしてほしい。")
    vocabulary.encode(heard)


@torch.inference_mode()
def greedy_decode(model: Transformer, source: Tensor) -> Tensor:
    """Say the most likely token, feed it back, and so on until every row has said `<eos>`.

    source [B, S] -> tokens said [B, at most 40]; what follows an `<eos>` means nothing.
    """
    memory, cache = model.encode(source), Cache()
    target = torch.full_like(source[:, :1], Vocabulary.bos)
    for _ in range(LONGEST):
        logits = model.decode(target, memory, source, cache)  # of the last position alone
        target = torch.cat((target, logits[:, -1:].argmax(-1)), dim=1)
        if (target == Vocabulary.eos).any(dim=1).all():
            break
    return target[:, 1:]


@dataclass(frozen=True)
class Recall:
    """How many poems are recited to the letter, and what was recited for each."""

    correct: int
    total: int
    recited: tuple[str, ...]


def hear(poem: Poem, prefix: Prefix) -> str:
    """The part of the upper verse that is heard. Raises ValueError for a prefix of no kana."""
    if prefix == "full":
        return poem.kami_kana
    if prefix == "kimariji":
        return poem.kimariji
    if prefix < 1:
        raise ValueError(f"prefix must be 'full', 'kimariji' or at least 1: {prefix}")
    return poem.kami_kana[:prefix]


def recall(reciter: Reciter, poems: Sequence[Poem], prefix: Prefix = "full") -> Recall:
    """Recite every poem from its upper verse, or from a beginning of it; count exact lower verses."""
    recited = reciter.recite_all([hear(poem, prefix) for poem in poems])
    correct = sum(said == poem.shimo_kana for said, poem in zip(recited, poems, strict=True))
    return Recall(correct, len(poems), tuple(recited))
