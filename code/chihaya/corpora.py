"""Pairs that the book makes itself, where whoever knows the rule can check every answer."""

from .pairs import Pair

ONES = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
HUNDREDS = {1: "ひゃく", 3: "さんびゃく", 6: "ろっぴゃく", 8: "はっぴゃく"}
THOUSANDS = {1: "せん", 3: "さんぜん", 8: "はっせん"}
MONTHS = {4: "し", 7: "しち", 9: "く"}
DAYS = {
    **{1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか"},
    **{6: "むいか", 7: "なのか", 8: "ようか", 9: "ここのか", 10: "とおか"},
    **{14: "じゅうよっか", 17: "じゅうしちにち", 19: "じゅうくにち", 20: "はつか"},
    **{24: "にじゅうよっか", 27: "にじゅうしちにち", 29: "にじゅうくにち"},
}
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Of the months, with the 29th of February."""


def reading(number: int) -> str:
    """How a whole number from 0 to 9999 is read: 3600 is さんぜんろっぴゃく."""
    if not 0 <= number <= 9999:
        raise ValueError(f"a number from 0 to 9999 is needed: {number}")
    if number == 0:
        return "ぜろ"
    thousands, hundreds, tens, ones = map(int, f"{number:04}")
    said = THOUSANDS.get(thousands, ONES[thousands] + "せん") if thousands else ""
    said += HUNDREDS.get(hundreds, ONES[hundreds] + "ひゃく") if hundreds else ""
    said += (ONES[tens] if tens > 1 else "") + "じゅう" if tens else ""
    return said + ONES[ones]


def numbers() -> tuple[Pair, ...]:
    """The numbers from 0 to 9999 in digits, and how they are read."""
    return tuple(Pair(str(number), reading(number)) for number in range(10_000))


def dates() -> tuple[Pair, ...]:
    """The days of a year, and how they are read: 12月20日 is じゅうにがつはつか."""
    return tuple(
        Pair(
            f"{month}月{day}日",
            f"{MONTHS.get(month, reading(month))}がつ{DAYS.get(day, reading(day) + 'にち')}",
        )
        for month, length in enumerate(LENGTHS, 1)
        for day in range(1, length + 1)
    )
