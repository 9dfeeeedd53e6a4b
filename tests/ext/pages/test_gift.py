"""The exercises as GIFT: another program's parser finds in it what checks them."""

import json
import subprocess
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from chihaya.exercises import Exercise, load_exercises
from kagami.pages.gift import MARKDOWN, gift

PARSE = Path(__file__).with_name("gift.mjs")
NASTY = r"{a} = b ~ c # d : e \\n f → 50 %，「＝」"


def parse(text: str) -> list[dict[str, Any]]:
    """What gift-pegjs finds in GIFT."""
    run = subprocess.run(["node", PARSE], input=text, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def inline(markdown: str) -> str:
    return MARKDOWN.renderInline(markdown)


def compare(found: dict[str, Any], name: str, exercise: Exercise) -> None:
    """A question that was parsed is the exercise, with what checks it."""
    assert found["title"].split()[0] == name
    assert found["title"].endswith(exercise["title"])
    assert found["stem"]["format"] == "html"
    assert found["stem"]["text"] == MARKDOWN.render(exercise["question"]).strip()
    choices: Any = found.get("choices")
    if exercise["kind"] == "free":
        assert found["type"] == "Essay"
    elif exercise["kind"] == "number":
        assert found["type"] == "Numerical"
        assert choices["number"] == exercise["answer"]
        assert choices.get("range") == exercise.get("tolerance")
    else:
        assert found["type"] == "MC"
        assert [each["text"]["text"] for each in choices] == [*map(inline, exercise["choices"])]
        right = [number for number, each in enumerate(choices, start=1) if each["isCorrect"]]
        assert right == [exercise["answer"]]
        told = [each["feedback"]["text"] for each in choices if each["feedback"]]
        assert told == [*map(inline, exercise.get("explanations", []))]


def test_the_exercises_of_the_book_are_found_again() -> None:
    exercises = load_exercises()
    pages = list(dict.fromkeys(each["page"] for each in exercises.values()))
    found = parse(gift(exercises, "本", {page: f"頁 {page}" for page in pages}))
    categories = [each["title"] for each in found if each["type"] == "Category"]
    assert categories == [f"本/頁 {page}" for page in pages]
    questions = [each for each in found if each["type"] != "Category"]
    for question, (name, exercise) in zip(questions, exercises.items(), strict=True):
        compare(question, name, exercise)


def test_no_character_is_taken_for_one_of_gift() -> None:
    nasty: dict[str, Exercise] = {
        "nasty": {
            "kind": "choice",
            "page": "page",
            "title": "練習 1",
            "question": f"{NASTY}\n\n二段落目 $x_1 = \\neq y$。\n\n```\na = {{}}\n\nb\n```\n\n$$\nx\n$$",
            "answer": 1,
            "choices": [NASTY, "=", "~$\\{a\\}$"],
            "explanations": [NASTY, "#", "\\"],
        },
        "number": {
            "kind": "number",
            "page": "page",
            "title": "練習 2",
            "question": NASTY,
            "answer": -0.5,
            "tolerance": 0.05,
        },
    }
    category, *found = parse(gift(nasty, "本", {"page": "甲/乙: {丙}"}))
    assert category["title"] == "本/甲//乙: {丙}"
    for question, (name, exercise) in zip(found, nasty.items(), strict=True):
        compare(question, name, exercise)
    text = BeautifulSoup(found[0]["stem"]["text"], "html.parser")
    assert r"\(x_1 = \neq y\)" in text.get_text()
    assert text.select_one("pre") is not None
