import base64
import io
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from chihaya import pairs
from chihaya.pairs import LONGEST, Pair, PairsError, load_pairs, parse_pairs, split
from hypothesis import example, given
from hypothesis import strategies as st

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "pairs_cases.json").read_bytes()
)
"""What a file may be, and what comes of it: any reader of pairs, in whatever language, passes them."""
KINDS = {case["kind"] for case in CASES if "kind" in case}
FORMS = (None, "csv", "tsv", "jsonl")


def content(case: dict[str, Any]) -> bytes:
    return base64.b64decode(case["base64"]) if "base64" in case else case["content"].encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_file_is_read_or_refused_as_the_cases_say(case: dict[str, Any]) -> None:
    if "pairs" in case:
        found = parse_pairs(content(case), "file", case["form"])
        assert [list(pair) for pair in found] == case["pairs"]
        return
    with pytest.raises(PairsError) as error:
        parse_pairs(content(case), "file", case["form"])
    assert (error.value.kind, error.value.line) == (case["kind"], case["line"])
    one_line(error.value, "file")


def one_line(error: PairsError, name: str) -> None:
    """The message names the file, the line if there is one, what is wrong and what would be right."""
    message = str(error)
    assert message.startswith(name)
    assert error.line is None or f"{error.line} 行目" in message
    assert len(message.splitlines()) == 1
    assert len(message) < len(name) + 120
    assert message.count("。") >= 2 and message.endswith("。")
    message.encode()  # can be printed


def test_the_line_of_the_first_of_two_is_named_too() -> None:
    with pytest.raises(PairsError, match="4 行目の source は 2 行目と同じ"):
        parse_pairs(b"source,target\na,b\nc,d\na,e\n", "file")


def test_too_many_pairs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST", 3)
    lines = ["source,target", *(f"{number},a" for number in range(5))]
    assert len(parse_pairs("\n".join(lines[:4]).encode(), "file")) == 3
    with pytest.raises(PairsError, match="3 対まで") as error:
        parse_pairs("\n".join(lines).encode(), "file")
    assert (error.value.kind, error.value.line) == ("many", 5)


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.CSV", "pairs.txt", "pairs"])
def test_a_file_is_read_by_its_suffix_or_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("source,target\na,b\nc,d\n", encoding="utf-8")
    assert (
        load_pairs(tmp_path / name) == load_pairs(str(tmp_path / name)) == (("a", "b"), ("c", "d"))
    )


def test_the_suffix_counts_for_more_than_the_content(tmp_path: Path) -> None:
    """As CSV, the first line has one column, and it has a tab in its name."""
    (tmp_path / "pairs.csv").write_text("source\ttarget\na\tb\nc\td\n", encoding="utf-8")
    with pytest.raises(PairsError, match="source,target"):
        load_pairs(tmp_path / "pairs.csv")


def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO("source\ttarget\n山\tやま\n川\tかわ\n".encode()), "ascii")
    monkeypatch.setattr(sys, "stdin", given)
    assert load_pairs("-") == (("山", "やま"), ("川", "かわ"))
    with pytest.raises(PairsError, match=r"^標準入力 は空"):
        load_pairs("-")


def test_a_file_that_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_pairs(tmp_path / "none.csv")
    with pytest.raises(IsADirectoryError):
        load_pairs(tmp_path)


def reads_or_refuses(data: bytes, form: str | None) -> None:
    """Any bytes are pairs that keep their promises, or refused in one line of a known kind."""
    found: tuple[Pair, ...] = ()
    refused = None
    try:
        found = parse_pairs(data, "file", form)
    except PairsError as error:
        refused = error
    if refused:
        assert refused.kind in KINDS
        one_line(refused, "file")
        return
    assert len({pair.source for pair in found}) == len(found) >= 2
    for text in (text for pair in found for text in pair):
        assert 1 <= len(text) <= LONGEST
        assert "\0" not in text
        text.encode()


@given(st.binary(), st.sampled_from(FORMS))
@example(b"[" * 100_000, "jsonl")
@example(b'{"source": ' + b"9" * 5000 + b"}", "jsonl")
@example(b"source,target\n" + b"a" * 140_000, "csv")
def test_any_bytes_are_pairs_or_refused(data: bytes, form: str | None) -> None:
    reads_or_refuses(data, form)


@given(st.sampled_from(CASES), st.integers(0, 80), st.integers(0, 20), st.binary(max_size=20))
def test_cases_with_any_bytes_among_them_are_pairs_or_refused(
    case: dict[str, Any], start: int, length: int, data: bytes
) -> None:
    whole = content(case)
    reads_or_refuses(whole[:start] + data + whole[start + length :], case["form"])


values = st.none() | st.integers() | st.text("あa\0\ud842", max_size=3) | st.text("あ", max_size=42)


@given(st.lists(st.dictionaries(st.sampled_from(["source", "target", "n"]), values), max_size=5))
def test_any_objects_are_pairs_or_refused(rows: list[dict[str, object]]) -> None:
    """With escapes: among them is half a surrogate pair, which no file in UTF-8 holds as it is."""
    reads_or_refuses("\n".join(map(json.dumps, rows)).encode(), "jsonl")


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=9
)


@given(st.dictionaries(texts, texts, min_size=2, max_size=5))
def test_what_json_wrote_is_read_as_it_was(wanted: dict[str, str]) -> None:
    written = "\n".join(
        json.dumps({"source": source, "target": target}, ensure_ascii=False)
        for source, target in wanted.items()
    )
    assert parse_pairs(written.encode(), "file", "jsonl") == tuple(
        Pair(*each) for each in wanted.items()
    )


@given(st.integers(2, 60), st.floats(0, 1), st.integers(0, 99))
def test_a_split_keeps_all_and_holds_out_the_share(size: int, share: float, seed: int) -> None:
    state = random.getstate()
    seen, held_out = split(range(size), share, seed)
    assert sorted(seen + held_out) == list(range(size))
    assert abs(len(held_out) - share * size) <= 0.5
    assert (seen, held_out) == split(range(size), share, seed)
    assert random.getstate() == state


@given(st.lists(st.text("あいう", max_size=5), max_size=8))
def test_a_telling_beginning_is_the_shortest_that_no_other_source_shares(
    sources: list[str],
) -> None:
    for number, (source, found) in enumerate(
        zip(sources, pairs.telling_beginnings(sources), strict=True)
    ):
        others = sources[:number] + sources[number + 1 :]
        telling = [
            source[:length]
            for length in range(1, len(source) + 1)
            if not any(other.startswith(source[:length]) for other in others)
        ]
        assert found == (telling[0] if telling else None)
