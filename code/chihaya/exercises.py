"""What a reader's answer to an exercise of the book is worth, and one line that says why.

    check("mirror-2", "22 %")  # 正しい。

Answers and explanations stand in `exercises.json`, which `make notebooks` makes from the pages.
"""

import json
import math
import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import Literal, NotRequired, TypedDict

FILE = Path(__file__).with_name("exercises.json")
NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)"
    r"(?:/(?P<below>\d+(?:\.\d+)?))?"
    r"(?P<percent>%|パーセント)?"
    r"[^\W\d_]{0,4}"  # a unit or a counter
    r"[.。]?",
    re.IGNORECASE,
)
BREAKS = re.compile(r"\s|(?<=\d)[,_](?=\d{3})")
"""What a number may be broken up by."""


class Exercise(TypedDict):
    """An exercise as the pages have it; text is Markdown."""

    kind: Literal["number", "choice", "free"]
    page: str
    title: str
    question: str
    answer: NotRequired[float]  # of a choice, which one, counted from 1
    tolerance: NotRequired[float]
    choices: NotRequired[list[str]]
    explanations: NotRequired[list[str]]  # of each choice
    hint: NotRequired[str]


@cache
def load_exercises() -> dict[str, Exercise]:
    """All exercises of the book by name, in reading order."""
    exercises: dict[str, Exercise] = json.loads(FILE.read_text(encoding="utf-8"))
    return exercises


def check(name: str, answer: object) -> bool | None:
    """Print what there is to say about an answer; whether it is right.

    True is right, False wrong or no answer at all (a word where a number is asked); None was not
    judged: nothing was answered yet (`...`, `None` or ""), no program can tell, or there is no
    such exercise. Nothing is raised, whatever the answer is: to a grader all but True is 0 points.
    """
    right, words = judge(name, answer)
    print(words)
    return right


def judge(name: str, answer: object) -> tuple[bool | None, str]:
    """What `check` returns and prints, one line or two."""
    exercises = load_exercises()
    if name not in exercises:
        near = get_close_matches(name, exercises) or list(exercises)[:1]
        return None, f"「{shorten(name, 40)}」という練習はない。近い名：{'，'.join(near)}"
    exercise = exercises[name]
    if exercise["kind"] == "free":
        hint = f"\n手がかり：{exercise['hint']}" if "hint" in exercise else ""
        return None, f"この練習の答えは，機械では判定しない。頁の解答と読み比べる。{hint}"
    if answer is None or answer is ... or (isinstance(answer, str) and not answer.strip()):
        return None, "まだ答えていない。`answer` に答えを書いてから，もう一度実行する。"
    judge_values = of_number if exercise["kind"] == "number" else of_choice
    return judge_values(exercise, read(answer))


def read(answer: object) -> list[float]:
    """The numbers that an answer may mean: two of one in percent, none of what is no number."""
    if isinstance(answer, str):
        text = (
            BREAKS.sub("", unicodedata.normalize("NFKC", answer))
            .replace("−", "-")
            .replace("⁄", "/")
        )
        match = NUMBER.fullmatch(text)
        if match is None or (match["below"] and float(match["below"]) == 0):
            return []
        value = float(match["number"]) / float(match["below"] or 1)
        values = [value, value / 100] if match["percent"] else [value]
    elif isinstance(answer, bool):
        return []
    else:
        try:  # NumPy and PyTorch have numbers of their own
            values = [float(answer.item() if hasattr(answer, "item") else answer)]  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError, RuntimeError):
            return []
    return values if math.isfinite(values[0]) else []


def of_number(exercise: Exercise, values: list[float]) -> tuple[bool, str]:
    """Whether one of the values is right, or in what way they are wrong."""
    if not values:
        return False, "数として読めない。12，3.4，5/6，78 % のように，一つの数を書く。"
    answer, tolerance = exercise["answer"], exercise.get("tolerance", 0.0)

    def fits(value: float) -> bool:
        return abs(value - answer) <= tolerance + 1e-9 * max(1.0, abs(answer))

    if any(map(fits, values)):
        return True, "正しい。"
    value = values[0] if abs(answer) > 1 else values[-1]
    for factor, words in ((1 / 100, "100 倍で"), (100, "100 分の 1 で")):
        if fits(value * factor) and min(abs(value), abs(answer)) <= 1:
            return False, f"違う。求める値の {words}ある。割合と百分率とを取り違えていないか。"
    side = "大き" if value > answer else "小さ"
    if abs(value - answer) > max(3 * tolerance, 0.02 * abs(answer)):
        return False, f"違う。{side}すぎる。"
    why = "途中で丸めていないか。" if tolerance else "ちょうどの値を求める。"
    return False, f"惜しいが，少し{side}い。{why}"


def of_choice(exercise: Exercise, values: list[float]) -> tuple[bool, str]:
    """Whether the choice is right, and what there is to say about it."""
    choices = len(exercise["choices"])
    if not values or values[0] not in range(1, choices + 1):
        return False, f"選択肢にない。1 から {choices} までの番号を一つ書く。"
    right = values[0] == exercise["answer"]
    return right, ("正しい。" if right else "違う。") + exercise["explanations"][int(values[0]) - 1]
