"""The hundred poems of the Ogura Hyakunin Isshu, and what can be known from how they begin."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from os import PathLike
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from .pairs import LONGEST, Pair, telling_beginnings

COLUMNS = ("no", "poet", "kami", "shimo", "kami_kana", "shimo_kana")


class PoemsError(ValueError):
    """A poems file that cannot be used; the message names what is wrong and what would be right."""


@dataclass(frozen=True)
class Poem:
    """One poem: upper verse (kami, 5-7-5) and lower verse (shimo, 7-7), in kanji and in kana."""

    no: int
    poet: str
    kami: str
    shimo: str
    kami_kana: str
    shimo_kana: str
    kimariji: str
    """決まり字: the shortest beginning of kami_kana that no other poem of the collection shares."""

    @property
    def pair(self) -> Pair:
        """The poem as a pair among others: the upper verse is heard, the lower is to be said."""
        return Pair(self.kami_kana, self.shimo_kana)


def load_poems(path: str | PathLike[str] | None = None) -> tuple[Poem, ...]:
    """Read the poems from a CSV file, or the hundred that come with the package.

    Raises PoemsError if the file is not a poems file; OSError if it cannot be read.
    """
    if path is None:
        return _parse(files("chihaya").joinpath("poems.csv").read_bytes(), "poems.csv")
    return _parse(Path(path).read_bytes(), str(path))


def kimariji(verse: str, others: Iterable[str]) -> str | None:
    """The shortest beginning of `verse` that none of `others` shares, None if there is none."""
    return telling_beginnings([verse, *others])[0]


def beginning_with(poems: Iterable[Poem], heard: str) -> tuple[Poem, ...]:
    """The poems whose upper verse begins with `heard`."""
    return tuple(poem for poem in poems if poem.kami_kana.startswith(heard))


def determined(poems: Iterable[Poem], length: int) -> int:
    """How many poems are already known for certain once `length` kana are heard."""
    return sum(len(poem.kimariji) <= length for poem in poems)


def distinct_beginnings(poems: Iterable[Poem], length: int) -> int:
    """How many different beginnings of `length` kana the upper verses have.

    Whoever answers each beginning with one lower verse is right about at most one of the poems
    that share it: no listener recites more poems than this from so many kana.
    """
    return len({poem.kami_kana[:length] for poem in poems})


def nearest(poems: Sequence[Poem], heard: str) -> Poem:
    """The poem whose upper verse begins most like `heard`.

    Beginnings are compared by sound first, so that modern spelling (おぐらやま) finds the
    historical one (をぐらやま), then by letters; poems that tie are taken in their order.
    """

    def distance(poem: Poem) -> tuple[int, int]:
        beginning = poem.kami_kana[: len(heard)]
        return (
            Levenshtein.distance(_sound(beginning), _sound(heard)),
            Levenshtein.distance(beginning, heard),
        )

    return min(poems, key=distance)


_SOUNDS = str.maketrans("をゐゑぢづむはひふへほ", "おいえじずんわいうえお")


def _sound(kana: str) -> str:
    """A key that kana of one sound share: today's readings of the historical spelling, roughly."""
    return kana.replace("あふ", "おお").translate(_SOUNDS)


def _parse(data: bytes, name: str) -> tuple[Poem, ...]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PoemsError(
            f"{name} は UTF-8 ではない（Windows の文字コードなど）。UTF-8 で保存し直してほしい。"
        ) from None
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise PoemsError(
                f"{name} に列 {', '.join(missing)} がない。1 行目に {','.join(COLUMNS)} が要る。"
            )
        rows = [_check_row(row, f"{name} の {reader.line_num} 行目") for row in reader]
    except csv.Error as error:
        raise PoemsError(f"{name} は CSV として読めない（{error}）。") from None
    if not rows:
        raise PoemsError(f"{name} に歌が一首もない。")
    return _with_kimariji(rows, name)


def _check_row(row: dict[str, str], where: str) -> dict[str, str]:
    if None in row:
        raise PoemsError(f"{where}の列が 1 行目より多い。値の中のコンマは引用符で囲んでほしい。")
    empty = [column for column in COLUMNS if not row[column]]
    if empty:
        raise PoemsError(f"{where}の {', '.join(empty)} が空である。")
    if not re.fullmatch("[1-9][0-9]{0,5}", row["no"]):
        raise PoemsError(f"{where}の no {row['no']!r:.20} は歌の番号（1, 2, …）でない。")
    for column in ("kami_kana", "shimo_kana"):
        wrong = re.search("[^ぁ-ゖー]", row[column])
        if wrong:
            raise PoemsError(
                f"{where}の {column} に {wrong[0]!r} がある。ひらがなだけで書いてほしい。"
            )
        if len(row[column]) > LONGEST:
            raise PoemsError(
                f"{where}の {column} が {len(row[column])} 文字ある。{LONGEST} 文字までである。"
            )
    return row


def _with_kimariji(rows: list[dict[str, str]], name: str) -> tuple[Poem, ...]:
    numbers = [int(row["no"]) for row in rows]
    double = {number for number in numbers if numbers.count(number) > 1}
    if double:
        raise PoemsError(
            f"{name} に番号 {min(double)} の歌が二首以上ある。番号は一首に一つである。"
        )
    poems = []
    beginnings = telling_beginnings([row["kami_kana"] for row in rows])
    for number, row, deciding in zip(numbers, rows, beginnings, strict=True):
        if deciding is None:
            raise PoemsError(
                f"{name} の {number} 番の上の句は別の歌の始まりと同じで，決まり字がない。"
            )
        columns = {column: row[column] for column in COLUMNS if column != "no"}
        poems.append(Poem(no=number, kimariji=deciding, **columns))
    return tuple(poems)
