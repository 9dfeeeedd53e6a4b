import calendar

import pytest
from chihaya.corpora import dates, numbers, reading
from chihaya.pairs import LONGEST


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "ぜろ"),
        (4, "よん"),
        (7, "なな"),
        (9, "きゅう"),
        (10, "じゅう"),
        (11, "じゅういち"),
        (20, "にじゅう"),
        (100, "ひゃく"),
        (101, "ひゃくいち"),
        (110, "ひゃくじゅう"),
        (111, "ひゃくじゅういち"),
        (300, "さんびゃく"),
        (400, "よんひゃく"),
        (600, "ろっぴゃく"),
        (800, "はっぴゃく"),
        (1000, "せん"),
        (1001, "せんいち"),
        (1100, "せんひゃく"),
        (3000, "さんぜん"),
        (3333, "さんぜんさんびゃくさんじゅうさん"),
        (4010, "よんせんじゅう"),
        (6600, "ろくせんろっぴゃく"),
        (8000, "はっせん"),
        (8888, "はっせんはっぴゃくはちじゅうはち"),
        (9999, "きゅうせんきゅうひゃくきゅうじゅうきゅう"),
    ],
)
def test_how_a_number_is_read(number: int, said: str) -> None:
    assert reading(number) == said


@pytest.mark.parametrize("number", [-1, 10_000])
def test_what_is_beyond_the_rule_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 9999"):
        reading(number)


def test_no_two_numbers_are_read_alike_and_none_is_too_long() -> None:
    pairs = numbers()
    assert [pair.source for pair in pairs] == [str(number) for number in range(10_000)]
    assert len({pair.target for pair in pairs}) == 10_000
    assert max(len(pair.target) for pair in pairs) <= LONGEST


def test_how_a_date_is_read() -> None:
    said = dict(dates())
    assert len(said) == 366
    assert {source.split("月")[0] for source in said} == set(map(str, range(1, 13)))
    for month in range(1, 13):
        days = [source for source in said if source.startswith(f"{month}月")]
        assert days == [
            f"{month}月{day}日" for day in range(1, calendar.monthrange(2024, month)[1] + 1)
        ]
    for source, target in {
        "1月1日": "いちがつついたち",
        "2月29日": "にがつにじゅうくにち",
        "4月4日": "しがつよっか",
        "5月14日": "ごがつじゅうよっか",
        "6月11日": "ろくがつじゅういちにち",
        "7月17日": "しちがつじゅうしちにち",
        "9月19日": "くがつじゅうくにち",
        "10月10日": "じゅうがつとおか",
        "11月24日": "じゅういちがつにじゅうよっか",
        "12月20日": "じゅうにがつはつか",
        "12月31日": "じゅうにがつさんじゅういちにち",
    }.items():
        assert said[source] == target
