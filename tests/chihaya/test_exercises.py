"""What is said of an answer: right, or in what way it is wrong; and never a traceback."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from chihaya import exercises
from chihaya.exercises import check, judge, load_exercises
from hypothesis import given
from hypothesis import strategies as st

CASES = json.loads((Path(__file__).parents[1] / "answers_cases.json").read_text(encoding="utf-8"))
REST = {"page": "mirror", "title": "練習 1", "question": "いくつか。"}
ASKED: dict[str, Any] = {
    "percent": {"kind": "number", "answer": 22, "tolerance": 1, **REST},
    "share": {"kind": "number", "answer": 0.67, "tolerance": 0.01, **REST},
    "count": {"kind": "number", "answer": 16640, **REST},
    "choice": {
        "kind": "choice",
        "answer": 2,
        "choices": ["甲", "乙", "丙"],
        "explanations": ["甲は古い。", "乙は新しい。", "丙はない。"],
        **REST,
    },
    "proof": {"kind": "free", "hint": "背理法による。", **REST},
    "essay": {"kind": "free", **REST},
}


@pytest.fixture
def _asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exercises, "load_exercises", lambda: ASKED)


RIGHT = [
    ("percent", 22),
    ("percent", 22.9),
    ("percent", "22"),
    ("percent", "２２"),
    ("percent", "22 %"),
    ("percent", "２２％"),
    ("percent", "22パーセント"),
    ("percent", "22 首。"),
    ("percent", Fraction(44, 2)),
    ("percent", Decimal("22.0")),
    ("percent", np.float32(22)),
    ("percent", np.array([22])),
    ("percent", torch.tensor(22.0, requires_grad=True)),
    ("share", 2 / 3),
    ("share", "2/3"),
    ("share", " 67 ％ "),
    ("share", ".67"),
    ("count", "16,640"),
    ("count", "１６６４０個"),
    ("count", "16 640"),
    ("count", "1.664e4"),
    ("choice", 2),
    ("choice", "2"),
    ("choice", "②"),
    ("choice", "2 番"),
    ("choice", torch.tensor(2)),
]


@pytest.mark.parametrize(("name", "answer"), RIGHT)
@pytest.mark.usefixtures("_asked")
def test_the_same_answer_is_right_in_each_form(name: str, answer: object) -> None:
    right, words = judge(name, answer)
    assert right is True, words
    assert words.startswith("正しい。")


WRONG = [
    ("percent", 30, "違う。大きすぎる。"),
    ("percent", "-22", "違う。小さすぎる。"),
    ("percent", "−22 %", "違う。小さすぎる。"),
    ("percent", "60 %", "違う。大きすぎる。"),
    ("percent", 24, "惜しいが，少し大きい。途中で"),
    ("percent", 0.22, "100 分の 1 である。割合と百分率"),
    ("share", 67, "100 倍である。割合と百分率"),
    ("share", 0.65, "惜しいが，少し小さい。途中で"),
    ("share", "30 %", "違う。小さすぎる。"),
    ("count", 16576, "惜しいが，少し小さい。ちょうどの値"),
    ("count", 166.40, "違う。小さすぎる。"),  # as far as percent from share, but no share
    ("percent", "わからない", "数として読めない。"),
    ("percent", "二十二", "数として読めない。"),
    ("percent", "22 か 23", "数として読めない。"),
    ("percent", "22/0", "数として読めない。"),
    ("percent", True, "数として読めない。"),
    ("percent", [22], "数として読めない。"),
    ("percent", float("nan"), "数として読めない。"),
    ("percent", "1e999", "数として読めない。"),
    ("percent", 10**400, "数として読めない。"),
    ("percent", 22 + 1j, "数として読めない。"),
    ("percent", torch.ones(2), "数として読めない。"),
    ("percent", np.array(["a"]), "数として読めない。"),
    ("choice", 1, "違う。甲は古い。"),
    ("choice", "3", "違う。丙はない。"),
    ("choice", 4, "選択肢にない。1 から 3 まで"),
    ("choice", 0, "選択肢にない。"),
    ("choice", 1.5, "選択肢にない。"),
    ("choice", "乙", "選択肢にない。"),
]


@pytest.mark.parametrize(("name", "answer", "words"), WRONG)
@pytest.mark.usefixtures("_asked")
def test_a_wrong_answer_is_told_in_what_way(name: str, answer: object, words: str) -> None:
    right, said = judge(name, answer)
    assert right is False
    assert words in said


@pytest.mark.parametrize(("answer", "tolerance", "typed", "verdict"), CASES)
def test_what_is_typed_is_read_as_the_cases_say(
    answer: float, tolerance: float, typed: str, verdict: str
) -> None:
    exercise: Any = {"kind": "number", "answer": answer, "tolerance": tolerance, **REST}
    right, words = exercises.of_number(exercise, exercises.read(typed))
    assert right is (verdict == "right"), words
    assert ("数として読めない" in words) is (verdict == "unread"), words


@pytest.mark.parametrize("answer", [None, ..., "", " 　"])
@pytest.mark.usefixtures("_asked")
def test_nothing_is_no_answer_yet(answer: object) -> None:
    right, words = judge("percent", answer)
    assert right is None
    assert words.startswith("まだ答えていない。")


@pytest.mark.usefixtures("_asked")
def test_of_a_free_answer_no_machine_judges(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("proof", "証明") is None
    assert check("essay", ...) is None
    first, hint, second = capsys.readouterr().out.splitlines()
    assert first == second
    assert "機械では判定しない" in first
    assert hint == "手がかり：背理法による。"


@pytest.mark.usefixtures("_asked")
def test_an_unknown_name_is_told_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("choices", 2) is None
    assert capsys.readouterr().out == "「choices」という練習はない。近い名：choice\n"
    assert judge("", 2) == (None, "「」という練習はない。近い名：percent")


ANSWERS = st.one_of(
    st.text(),
    st.from_regex(exercises.NUMBER),
    st.none(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.fractions(),
    st.decimals(),
    st.binary(),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
    st.lists(st.floats(), max_size=2).map(np.array),
    st.lists(st.floats(width=32), max_size=2).map(torch.tensor),
    st.functions(),
)


@given(name=st.sampled_from(sorted(load_exercises())) | st.text(), answer=ANSWERS)
def test_whatever_is_answered_gets_a_line_or_two(name: str, answer: object) -> None:
    right, words = judge(name, answer)
    assert right in {True, False, None}
    assert 1 <= len(words.splitlines()) <= 2


CHECKED = [name for name, each in load_exercises().items() if each["kind"] != "free"]


def test_many_exercises_are_checked() -> None:
    assert len(CHECKED) > 25


@pytest.mark.parametrize("name", CHECKED)
def test_the_right_answer_of_each_exercise_passes_and_others_do_not(name: str) -> None:
    exercise = load_exercises()[name]
    right = exercise["answer"]
    assert check(name, right) is True
    assert check(name, f" {right} ") is True
    assert check(name, -1) is False
    if exercise["kind"] == "choice":
        choices = range(1, len(exercise["choices"]) + 1)
        assert [choice for choice in choices if check(name, choice)] == [right]
        assert len(exercise["explanations"]) == len(choices)
    else:
        beyond = exercise.get("tolerance", 0) + 0.1 * abs(right) + 0.01
        assert check(name, right + beyond) is check(name, right - beyond) is False
