import csv
import hashlib
import io
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from chihaya import Poem, PoemsError, load_poems
from chihaya.pairs import LONGEST
from chihaya.poems import (
    COLUMNS,
    beginning_with,
    determined,
    distinct_beginnings,
    kimariji,
    nearest,
)
from hypothesis import example, given
from hypothesis import strategies as st

DATA = files("chihaya").joinpath("poems.csv").read_bytes()
ACCEPTED = json.loads(Path(__file__).with_name("accepted_poems.json").read_bytes())
POEMS = load_poems()


# The poems themselves


def test_there_are_a_hundred_poems_in_order() -> None:
    assert [poem.no for poem in POEMS] == list(range(1, 101))


@pytest.mark.parametrize("half", ["kami_kana", "shimo_kana"])
def test_every_half_is_the_accepted_text(half: str) -> None:
    """The digests were made from a text reconciled from several transcriptions."""
    for poem in POEMS:
        text = f"{poem.no}|{half}|{getattr(poem, half)}"
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        assert digest == ACCEPTED[str(poem.no)][half], text


def test_kanji_and_kana_halves_say_the_same() -> None:
    for poem in POEMS:
        for written, read in ((poem.kami, poem.kami_kana), (poem.shimo, poem.shimo_kana)):
            assert re.fullmatch(re.sub("[一-鿿々]+", ".+?", written), read), (written, read)


def test_every_kimariji_is_as_long_as_the_accepted_one() -> None:
    assert {str(poem.no): len(poem.kimariji) for poem in POEMS} == {
        no: accepted["kimariji"] for no, accepted in ACCEPTED.items()
    }


def test_kimariji_are_the_players_but_for_two_that_only_spelling_tells_apart() -> None:
    """Players hear おぐ beside おく, and おおこ beside おおえ, おおけ: one kana more each."""
    assert (POEMS[25].kimariji, POEMS[43].kimariji) == ("を", "あふ")
    players = [poem.kami_kana[: len(poem.kimariji) + (poem.no in (26, 44))] for poem in POEMS]
    assert (players[25], players[43]) == ("をぐ", "あふこ")
    assert Counter(map(len, players)) == {1: 7, 2: 42, 3: 37, 4: 6, 5: 2, 6: 6}
    assert {heard for heard in players if len(heard) == 1} == set("むすめふさほせ")


def test_every_poem_names_its_poet_and_no_field_has_spaces() -> None:
    for poem in POEMS:
        fields = (poem.poet, poem.kami, poem.shimo)
        assert all(fields)
        assert not re.search(r"\s", "".join(fields))


def test_a_poem_gives_a_pair() -> None:
    assert POEMS[16].pair == ("ちはやぶるかみよもきかずたつたがは", "からくれなゐにみづくくるとは")


# 決まり字 and what begins how

verses = st.text("あいう", max_size=5)


@given(verses, st.lists(verses))
def test_kimariji_is_the_shortest_beginning_that_no_other_shares(
    verse: str, others: list[str]
) -> None:
    found = kimariji(verse, others)
    shared = [
        length
        for length in range(len(verse) + 1)
        if any(other.startswith(verse[:length]) for other in others)
    ]
    if found is None:
        assert verse in ("", *(other[: len(verse)] for other in others))
    else:
        assert found
        assert verse.startswith(found)
        assert all(length < len(found) for length in shared)
        assert len(found) == 1 or len(found) - 1 in shared


def test_what_is_determined_and_what_begins_differently() -> None:
    halves = {"あいう": "あいう", "あいえ": "あいえ", "おお": "お"}
    poems = [Poem(1, "", "", "", upper, "", deciding) for upper, deciding in halves.items()]
    assert [determined(poems, length) for length in (0, 1, 2, 3)] == [0, 1, 1, 3]
    assert [distinct_beginnings(poems, length) for length in (0, 1, 2, 3)] == [1, 2, 2, 3]


@given(st.sampled_from(POEMS), st.integers(0, 20))
def test_whatever_begins_with_the_kimariji_is_that_poem_alone(poem: Poem, more: int) -> None:
    heard = poem.kami_kana[: len(poem.kimariji) + more]
    assert beginning_with(POEMS, heard) == (poem,)
    assert nearest(POEMS, heard) is poem


@given(st.sampled_from(POEMS), st.integers(0, 20))
def test_one_kana_less_than_the_kimariji_fits_several(poem: Poem, less: int) -> None:
    heard = poem.kimariji[: max(0, len(poem.kimariji) - 1 - less)]
    remaining = beginning_with(POEMS, heard)
    assert poem in remaining
    assert len(remaining) > 1
    assert nearest(POEMS, heard) in remaining


@given(st.text("あいうえおかきはひふへほをゐゑゃーん", max_size=45))
def test_beginning_with_takes_those_and_leaves_the_others(heard: str) -> None:
    found = beginning_with(POEMS, heard)
    assert found == tuple(poem for poem in POEMS if poem.kami_kana[: len(heard)] == heard)
    assert nearest(POEMS, heard) in (found or POEMS)


def test_how_many_poems_are_determined_and_how_many_can_be_told_apart() -> None:
    lengths = range(20)
    known = [determined(POEMS, length) for length in lengths]
    apart = [distinct_beginnings(POEMS, length) for length in lengths]
    assert known[:8] == [0, 8, 50, 86, 92, 94, 100, 100]
    assert apart[0] == 1
    assert apart[1] == len({poem.kami_kana[0] for poem in POEMS})
    assert all(more <= most <= 100 for more, most in zip(known, apart, strict=True))
    assert known == sorted(known) and apart == sorted(apart)
    assert known[6:] == apart[6:] == [100] * 14  # the longest 決まり字 has six kana


@pytest.mark.parametrize(
    ("heard", "no"),
    [
        ("ちはやふる", 17),
        ("おぐ", 26),
        ("おぐらやま", 26),
        ("おお", 60),  # おほえやま, before あふことの
        ("おおこ", 44),
        ("おうことの", 44),
        ("あわじしま", 78),
        ("ゆらのとおわたる", 46),
        ("いにしえの", 61),
        ("むらさねの", 87),
    ],
)
def test_nearest_understands_modern_spelling_and_slips(heard: str, no: int) -> None:
    assert not beginning_with(POEMS, heard)
    assert nearest(POEMS, heard).no == no


# Reading files

FIRST = "1,天智天皇,秋の,わが,あきの,わが"
SECOND = "2,持統天皇,春過,衣ほ,はるす,ころも"
HEADER = ",".join(COLUMNS)


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "poems.csv"
    file.write_text("".join(line + "\n" for line in lines), encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_of_ones_own_is_read(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, HEADER, FIRST, "", SECOND, encoding=encoding)
    first, second = load_poems(path)
    assert first == Poem(1, "天智天皇", "秋の", "わが", "あきの", "わが", kimariji="あ")
    assert second.kimariji == "は"
    assert load_poems(str(path)) == (first, second)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    path = tmp_path / "poems.csv"
    path.write_bytes(end.join((HEADER, FIRST, SECOND)).encode())
    assert [poem.no for poem in load_poems(path)] == [1, 2]


def test_columns_may_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "note,shimo_kana,kami_kana,shimo,kami,poet,no",
        '"a, b",わが,あきの,わが,秋の,天智天皇,1',
    )
    (poem,) = load_poems(path)
    assert poem == Poem(1, "天智天皇", "秋の", "わが", "あきの", "わが", kimariji="あ")


def test_the_longest_verse_and_the_greatest_number_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, f"999999,天智天皇,秋の,わが,{'あ' * 40},{'い' * 40}")
    (poem,) = load_poems(path)
    assert (poem.no, len(poem.kami_kana), len(poem.shimo_kana)) == (999999, 40, 40)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], ["列 no, poet, kami, shimo, kami_kana, shimo_kana がない"]),
        (["no,poet,kami,shimo,kami_kana", "1,a,b,c,あ"], ["列 shimo_kana がない"]),
        ([HEADER], ["一首もない"]),
        ([HEADER, FIRST, SECOND.replace("2", "1")], ["番号 1 の歌が二首以上"]),
        ([HEADER, FIRST, "2,持統天皇,春過"], ["3 行目", "shimo, kami_kana, shimo_kana が空"]),
        ([HEADER, FIRST, SECOND + ",余り"], ["3 行目", "列が 1 行目より多い"]),
        ([HEADER, FIRST, ",持統天皇,春,衣,はる,ころ"], ["3 行目", "no が空"]),
        ([HEADER, FIRST.replace("1", "一")], ["2 行目", "no '一'", "番号"]),
        ([HEADER, FIRST.replace("1", "0")], ["2 行目", "no '0'", "番号"]),
        ([HEADER, FIRST.replace("1", "９")], ["2 行目", "no '９'", "番号"]),
        ([HEADER, FIRST.replace("1", "1000000")], ["2 行目", "no '1000000'", "番号"]),
        ([HEADER, FIRST.replace("1", "9" * 5000)], ["2 行目", "no '99", "番号"]),
        ([HEADER, FIRST.replace("1", '"1\n"')], ["3 行目", r"no '1\n'", "番号"]),
        ([HEADER, FIRST.replace("あきの", "秋の")], ["2 行目", "kami_kana", "'秋'"]),
        ([HEADER, FIRST + " "], ["2 行目", "shimo_kana", "' '"]),
        ([HEADER, FIRST + "あ" * LONGEST], ["2 行目", "shimo_kana が 42 文字", "40 文字まで"]),
        ([HEADER, FIRST, FIRST.replace("1", "2")], ["1 番", "決まり字がない"]),
        ([HEADER, FIRST.replace("きの", ""), FIRST.replace("1", "2")], ["1 番", "決まり字がない"]),
        ([HEADER, '1,"天智'], ["CSV として読めない"]),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_says_where(
    tmp_path: Path, lines: list[str], said: list[str]
) -> None:
    path = write(tmp_path, *lines)
    with pytest.raises(PoemsError) as error:
        load_poems(path)
    message = str(error.value)
    assert str(path) in message
    assert "\n" not in message and message.endswith("。")
    assert len(message) < len(str(path)) + 120
    for part in said:
        assert part in message


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "euc-jp"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(PoemsError, match="UTF-8 ではない"):
        load_poems(write(tmp_path, HEADER, FIRST, encoding=encoding))


def test_a_file_that_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_poems(tmp_path / "none.csv")
    with pytest.raises(IsADirectoryError):
        load_poems(tmp_path)


def reads_or_refuses(path: Path, data: bytes) -> None:
    """Any bytes are poems that keep their promises, or refused in one line."""
    path.write_bytes(data)
    found: tuple[Poem, ...] = ()
    refused = ""
    try:
        found = load_poems(path)
    except PoemsError as error:
        refused = str(error)
    assert len(refused.splitlines()) == (0 if found else 1)
    assert len({poem.no for poem in found}) == len(found)
    for poem in found:
        assert beginning_with(found, poem.kimariji) == (poem,)
        assert re.fullmatch("[ぁ-ゖー]{1,40}", poem.kami_kana)
        assert re.fullmatch("[ぁ-ゖー]{1,40}", poem.shimo_kana)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("poems") / "poems.csv"


@given(data=st.binary())
@example(data=b"\xef\xbb\xbf")
def test_any_bytes_are_poems_or_refused(scratch: Path, data: bytes) -> None:
    reads_or_refuses(scratch, data)


@given(start=st.integers(0, 600), length=st.integers(0, 30), data=st.binary(max_size=30))
def test_poems_with_any_bytes_among_them_are_poems_or_refused(
    scratch: Path, start: int, length: int, data: bytes
) -> None:
    few = b"\n".join(DATA.split(b"\n")[:4]) + b"\n"
    reads_or_refuses(scratch, few[:start] + data + few[start + length :])


cells = st.one_of(
    st.text(max_size=5),
    st.text("あいうえお", min_size=1, max_size=45),
    st.integers(-1, 12).map(str),
    st.sampled_from(COLUMNS),
)


@given(
    header=st.one_of(st.just(list(COLUMNS)), st.lists(cells, max_size=8)),
    rows=st.lists(
        st.one_of(
            st.lists(cells, max_size=8),
            st.tuples(
                st.integers(1, 99).map(str),
                st.just("詠み人"),
                cells,
                cells,
                st.text("あいう", min_size=1, max_size=6),
                st.text("あいう", min_size=1, max_size=6),
            ),
        ),
        max_size=6,
    ),
)
def test_any_table_is_poems_or_refused(
    scratch: Path, header: list[str], rows: list[list[str]]
) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([header, *rows])
    reads_or_refuses(scratch, table.getvalue().encode("utf-8", "surrogatepass"))
