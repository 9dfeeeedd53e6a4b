"""The lecture's own experiment, as it was: the decoder is asked for the very tokens it is given.

Settings of the lecture's notebook: one layer, model width 32, 4 heads, feed-forward width 32, no
dropout, normalisation after each sub-layer (post-norm, as in Fig. 1 of Vaswani et al. 2017),
embeddings of their own for source and target, unscaled, sinusoidal positions, at most 22 tokens;
Adam, one poem at a time, every poem once an epoch in a new random order.

Letters in shapes: B batch, T target length, S source length, N kana of a lower verse, V vocabulary.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from tqdm import tqdm

from .poems import Poem
from .transformer import positional_encoding
from .vocabulary import Vocabulary

WIDTH, HEADS, FEED_FORWARD, MOST_TOKENS = 32, 4, 32, 22


class LectureTransformer(nn.Module):
    """An encoder and a decoder of one layer each, PyTorch's own: they are post-norm."""

    positions: Tensor
    future: Tensor

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.source_embedding = nn.Embedding(vocabulary, WIDTH)
        self.target_embedding = nn.Embedding(vocabulary, WIDTH)
        self.encoder = nn.TransformerEncoderLayer(WIDTH, HEADS, FEED_FORWARD, 0, batch_first=True)
        self.decoder = nn.TransformerDecoderLayer(WIDTH, HEADS, FEED_FORWARD, 0, batch_first=True)
        self.output = nn.Linear(WIDTH, vocabulary)
        self.register_buffer("positions", positional_encoding(MOST_TOKENS, WIDTH))
        self.register_buffer("future", torch.ones(MOST_TOKENS, MOST_TOKENS).bool().triu(1))

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """source [B, S], target [B, T] of token ids -> logits [B, T, V].

        logits[:, t] depends on the target up to target[:, t] itself, and on no later token.
        """
        length = target.size(1)
        padding = source == Vocabulary.pad  # [B, S], True where nobody looks
        memory = self.encoder(
            self.source_embedding(source) + self.positions[: source.size(1)],
            src_key_padding_mask=padding,
        )
        x = self.decoder(
            self.target_embedding(target) + self.positions[:length],
            memory,
            tgt_mask=self.future[:length, :length],
            memory_key_padding_mask=padding,
        )
        logits: Tensor = self.output(x)
        return logits


def task(target: Tensor, shifted: bool) -> tuple[Tensor, Tensor]:
    """What the decoder is given, and what it is to answer, [B, T] each.

    target [B, T] is `<bos>` kana `<eos>`. The lecture gives all of it and
    asks for all of it; shifted, each token given asks for the next one.
    """
    if shifted:
        return target[:, :-1], target[:, 1:]
    return target, target


class Epoch(NamedTuple):
    """After an epoch: poems right with the answer given, and poems recited from the upper verse."""

    epoch: int
    teacher_forced: int
    recited: int


@dataclass(frozen=True)
class Learner:
    """A model, the way it was taught, and how it fared."""

    model: LectureTransformer
    vocabulary: Vocabulary
    shifted: bool
    history: tuple[Epoch, ...] = ()

    @torch.inference_mode()
    def most_likely(self, heard: Sequence[str], given: Sequence[str]) -> Tensor:
        """Teacher forcing: the most likely token in each place of the lower verses `given`.

        Returns token ids [B, N], for the longest verse; what stands beyond a verse means nothing.
        """
        target = self.vocabulary.targets(given)  # [B, N + 2]
        best = self.model(self.vocabulary.targets(heard), task(target, self.shifted)[0]).argmax(-1)
        return best[:, :-1] if self.shifted else best[:, 1:-1]  # without the end tokens

    def answers(self, heard: Sequence[str], given: Sequence[str]) -> list[str]:
        """`most_likely` as text: equal to `given` where every position is right."""
        rows = self.most_likely(heard, given).tolist()
        return [
            self.vocabulary.decode(row[: len(verse)])
            for row, verse in zip(rows, given, strict=True)
        ]

    @torch.inference_mode()
    def say(self, heard: Sequence[str]) -> Tensor:
        """Greedy decoding from `<bos>` and the upper verses alone: token ids said [B, 21]."""
        source = self.vocabulary.targets(heard)
        said = torch.full((len(heard), 1), Vocabulary.bos)
        while said.size(1) < MOST_TOKENS:
            said = torch.cat((said, self.model(source, said)[:, -1:].argmax(-1)), dim=1)
        return said[:, 1:]

    def recite(self, heard: Sequence[str]) -> list[str]:
        """`say` as text, up to the first `<eos>`."""
        return [self.vocabulary.decode(row) for row in self.say(heard).tolist()]


def teacher_forced(learner: Learner, poems: Sequence[Poem]) -> int:
    """The lecture's measure: poems right at every kana while the decoder is given the answer."""
    verses = [poem.shimo_kana for poem in poems]
    answers = learner.answers([poem.kami_kana for poem in poems], verses)
    return sum(answer == verse for answer, verse in zip(answers, verses, strict=True))


def recited(learner: Learner, poems: Sequence[Poem]) -> int:
    """Poems recited to the letter when only the upper verse is heard."""
    said = learner.recite([poem.kami_kana for poem in poems])
    return sum(verse == poem.shimo_kana for verse, poem in zip(said, poems, strict=True))


def teach(poems: Sequence[Poem], *, shifted: bool, epochs: int, seed: int = 42) -> Learner:
    """The lecture's loop: one poem, one step of Adam; both measures are taken after each epoch."""
    vocabulary = Vocabulary.of(poems)
    pairs = [
        (vocabulary.targets([poem.kami_kana]), vocabulary.targets([poem.shimo_kana]))
        for poem in poems
    ]
    order = random.Random(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LectureTransformer(len(vocabulary))
    optimizer = torch.optim.Adam(
        model.parameters(), lr=1e-3, betas=(0.9, 0.98), eps=1e-9, fused=True
    )
    history: list[Epoch] = []
    for epoch in tqdm(range(1, epochs + 1), desc="学習", unit="周", leave=False):
        for source, target in order.sample(pairs, len(pairs)):
            given, wanted = task(target, shifted)
            loss = cross_entropy(model(source, given)[0], wanted[0])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        learner = Learner(model, vocabulary, shifted)
        history.append(Epoch(epoch, teacher_forced(learner, poems), recited(learner, poems)))
    return Learner(model, vocabulary, shifted, tuple(history))


def influence(learner: Learner, heard: str, given: str) -> Tensor:
    """Which given kana sway which answers, found by changing one given kana at a time.

    Returns [N, N] for the N kana of `given`: in row t and column s, the share of all other kana
    that change the answer in place t when they stand in place s.
    """
    usual = learner.most_likely([heard], [given])  # [1, N]
    columns = []
    for place, kana in enumerate(given):
        others = learner.vocabulary.characters.replace(kana, "")
        changed = [given[:place] + other + given[place + 1 :] for other in others]
        differs = learner.most_likely([heard] * len(changed), changed) != usual  # [others, N]
        columns.append(differs.float().mean(dim=0))
    return torch.stack(columns, dim=1)
