"""Pairs of a source and a target: whatever a model can be taught, read from a file of one's own."""

import csv
import io
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import Prefix

LONGEST = 40
"""The most code points that a source or a target may have: a whole poem has 31 or a few more."""
FEWEST, MOST = 2, 1_000_000
"""How many pairs a file may have."""
COLUMNS = ("source", "target")
BLANK = " \t\r\n"
FORMATS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl"}

Item = TypeVar("Item")


class PairsError(ValueError):
    """Pairs that cannot be used; the message names what is wrong and what would be right.

    `kind` names the fault in a word that stays (tests/chihaya/pairs_cases.json lists them all), and
    `line` the line of the file where it is, None where it is in no single line.
    """

    def __init__(self, kind: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.line = line


class Pair(NamedTuple):
    """What is heard, and what is to be said."""

    source: str
    target: str


def load_pairs(path: str | PathLike[str]) -> tuple[Pair, ...]:
    """Read pairs from a file; `-` is the standard input.

    CSV, TSV (quoted as CSV is) or JSON Lines, with a column or key `source` and another `target`,
    in UTF-8: the suffix .csv, .tsv or .jsonl tells which, or else the content. Each pair once,
    however often it stands there. Raises PairsError if these are no pairs to learn; OSError if
    the file cannot be read.
    """
    if str(path) == "-":
        return parse_pairs(sys.stdin.buffer.read(), "標準入力")
    path = Path(path)
    return parse_pairs(path.read_bytes(), str(path), FORMATS.get(path.suffix.lower()))


def parse_pairs(data: bytes, name: str, form: str | None = None) -> tuple[Pair, ...]:
    """The pairs in the bytes of a file called `name`, of the form "csv", "tsv" or "jsonl"."""
    text = _decode(data, name)
    form = form or _form(text)
    rows = _json_rows(text, name) if form == "jsonl" else _table_rows(text, name, form)
    targets: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        pair = _check_row(row, f"{name} の {line} 行目", line)
        if targets.setdefault(pair.source, pair.target) != pair.target:
            raise PairsError(
                "contradiction",
                f"{name} の {line} 行目の source は {lines[pair.source]} 行目と同じなのに target が違う。"
                "一つの source に覚えられる target は一つである。",
                line,
            )
        lines.setdefault(pair.source, line)
        if len(targets) > MOST:
            raise PairsError("many", f"{name} の対が多すぎる。{MOST} 対までである。", line)
    if len(targets) < FEWEST:
        raise PairsError(
            "few", f"{name} に対が {len(targets)} 対しかない。{FEWEST} 対以上にしてほしい。"
        )
    return tuple(Pair(source, target) for source, target in targets.items())


def split(items: Sequence[Item], share: float, seed: int) -> tuple[list[Item], list[Item]]:
    """Those to be seen in training and those held out, drawn at random: about `share` of them all."""
    shuffled = random.Random(seed).sample(items, len(items))
    held_out = round(share * len(items))
    return shuffled[held_out:], shuffled[:held_out]


def telling_beginnings(sources: Sequence[str]) -> list[str | None]:
    """Of each source the shortest beginning that no other shares, None if it has none.

    In the order of a dictionary, nothing shares a longer beginning with a source than a neighbour.
    """
    order = sorted(range(len(sources)), key=sources.__getitem__)
    shared = [0] * len(sources)
    for one, next_one in pairwise(order):
        length = Prefix.similarity(sources[one], sources[next_one])
        shared[one] = max(shared[one], length)
        shared[next_one] = length
    return [
        source[: length + 1] if length < len(source) else None
        for source, length in zip(sources, shared, strict=True)
    ]


def _decode(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PairsError(
            "encoding",
            f"{name} の {line} 行目が UTF-8 でない（Windows の文字コードなど）。UTF-8 で保存し直してほしい。",
            line,
        ) from None
    if not text.strip(BLANK):
        raise PairsError(
            "empty", f"{name} は空である。source と target の対を一行に一つずつ書いてほしい。"
        )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PairsError("nul", _has_nul(f"{name} の {line} 行目"), line)
    return text


def _form(text: str) -> str:
    """What a file looks like whose name does not say it."""
    first = text.lstrip(BLANK).split("\n", 1)[0]
    if first.startswith("{"):
        return "jsonl"
    return "tsv" if "\t" in first else "csv"


def _table_rows(text: str, name: str, form: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of a CSV or TSV file below its first, each with the line where it ends."""
    delimiter = "\t" if form == "tsv" else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(reader)
        if any(header.count(column) != 1 for column in COLUMNS):
            raise PairsError(
                "columns",
                f"{name} の 1 行目に source と target の列が一つずつない。"
                f"1 行目を source{'（タブ）' if form == 'tsv' else ','}target にしてほしい。",
                1,
            )
        for cells in reader:
            line = reader.line_num
            if len(cells) > len(header):
                raise PairsError(
                    "cells",
                    f"{name} の {line} 行目の列が 1 行目より多い。"
                    f"値の中の{'タブ' if form == 'tsv' else 'コンマ'}は引用符で囲んでほしい。",
                    line,
                )
            if cells:
                cells += [""] * (len(header) - len(cells))
                yield line, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        line = max(1, reader.line_num)
        raise PairsError(
            "table",
            f"{name} の {line} 行目が {form.upper()} として読めない（{error}）。引用符を確かめてほしい。",
            line,
        ) from None


def _json_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The objects of a JSON Lines file, each with its line."""
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip(BLANK):
            continue
        try:
            row = json.loads(written, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise PairsError(
                "json",
                f"{name} の {line} 行目が JSON のオブジェクトでない。"
                '{"source": "…", "target": "…"} を一行に一つずつ書いてほしい。',
                line,
            )
        missing = [column for column in COLUMNS if column not in row]
        if missing:
            raise PairsError(
                "columns",
                f"{name} の {line} 行目に {', '.join(missing)} がない。source と target が要る。",
                line,
            )
        yield line, row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is Python's, not JSON's")


def _check_row(row: dict[str, object], where: str, line: int) -> Pair:
    for column in COLUMNS:
        value = row[column]
        if not isinstance(value, str):
            raise PairsError(
                "value", f"{where}の {column} が文字列でない。引用符で囲んでほしい。", line
            )
        if not value:
            raise PairsError(
                "blank", f"{where}の {column} が空である。一文字以上にしてほしい。", line
            )
        if len(value) > LONGEST:
            raise PairsError(
                "long",
                f"{where}の {column} が {len(value)} 文字ある。{LONGEST} 文字までである。",
                line,
            )
        if "\0" in value:
            raise PairsError("nul", _has_nul(where), line)
        if re.search("[\ud800-\udfff]", value):
            raise PairsError(
                "surrogate",
                f"{where}の {column} に対にならないサロゲートがある。文字をそのまま書いてほしい。",
                line,
            )
    return Pair(str(row["source"]), str(row["target"]))


def _has_nul(where: str) -> str:
    return f"{where}に NUL 文字（U+0000）がある。文字だけのファイルにしてほしい。"
