"""Kana to token ids and back."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from .poems import Poem

PAD, BOS, EOS = "<pad>", "<bos>", "<eos>"


class UnknownCharacterError(ValueError):
    """A character that nothing learned contains."""


class Vocabulary:
    """The characters a model knows, each with its id: `<pad>` 0, `<bos>` 1, `<eos>` 2, then kana."""

    pad, bos, eos = 0, 1, 2

    def __init__(self, characters: Iterable[str], *, verses: bool = True) -> None:
        """Number the distinct characters in code point order.

        `verses`: whether they are the kana of verses, which is what errors then ask for.
        """
        self.verses = verses
        self.tokens = (PAD, BOS, EOS, *sorted(set(characters)))
        self._ids = {token: number for number, token in enumerate(self.tokens)}

    @classmethod
    def of(cls, poems: Iterable[Poem]) -> "Vocabulary":
        """The vocabulary of the kana of these poems."""
        return cls("".join(poem.kami_kana + poem.shimo_kana for poem in poems))

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def characters(self) -> str:
        """The kana, or whatever else, without the three special tokens."""
        return "".join(self.tokens[3:])

    def encode(self, text: str) -> list[int]:
        """The ids of the characters of `text`.

        Raises UnknownCharacterError, naming the first character that is not in the vocabulary.
        """
        for character in text:
            if character not in self._ids:
                raise UnknownCharacterError(_explain(character, self.verses))
        return [self._ids[character] for character in text]

    def decode(self, ids: Iterable[int]) -> str:
        """The text up to the first `<eos>`; `<bos>` and `<pad>` are left out."""
        text = ""
        for number in ids:
            if number == self.eos:
                break
            if number not in (self.pad, self.bos):
                text += self.tokens[number]
        return text

    def sources(self, texts: Sequence[str]) -> Tensor:
        """Sources (upper verses) as ids, filled up with `<pad>`: [len(texts), longest]."""
        return self._stack([self.encode(text) for text in texts])

    def targets(self, texts: Sequence[str]) -> Tensor:
        """Targets (lower verses) as ids between `<bos>` and `<eos>`, filled up: [len(texts), longest + 2]."""
        return self._stack([[self.bos, *self.encode(text), self.eos] for text in texts])

    def _stack(self, rows: list[list[int]]) -> Tensor:
        tensors = [torch.tensor(row, dtype=torch.long) for row in rows]
        return torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=self.pad)


def _explain(character: str, verses: bool) -> str:
    code = f"U+{ord(character):04X}"
    invisible = character == " " or not character.isprintable()
    if not verses:
        name = f"目に見えない文字（{code}）" if invisible else f"「{character}」（{code}）"
        return f"{name}は語彙にない。学んだ対に使われている文字だけで入力してほしい。"
    if "\u4e00" <= character <= "\u9fff" or character in "々〆":
        return f"漢字「{character}」（{code}）は読めない。歌をひらがな（歴史的仮名遣い）で入力してほしい。"
    if invisible:
        return f"空白など目に見えない文字（{code}）は語彙にない。間をあけずにひらがなで入力してほしい。"
    return f"「{character}」（{code}）は語彙にない。歌に使われているひらがなで入力してほしい。"
