"""The exercises that the syllabus names are there."""

import re
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[1] / "book"
NAMED = re.findall(
    r"\{doc\}`([a-z-]+)` の練習 (\d+)", (BOOK / "syllabus.md").read_text(encoding="utf-8")
)


def test_the_syllabus_names_exercises() -> None:
    assert len(NAMED) >= 6


@pytest.mark.parametrize(("page", "number"), NAMED)
def test_a_named_exercise_is_on_its_page(page: str, number: str) -> None:
    there = (BOOK / f"{page}.md").read_text(encoding="utf-8").count("```{exercise} ")
    assert 1 <= int(number) <= there
