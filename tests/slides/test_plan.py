"""What a class does in its minutes: the notes of the decks, and the plans of 講師の手引き."""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from kagami.notebooks.repository import ROOT
from kagami.pages.decks import DECKS, HOMEWORK

CLASS = range(85, 91)
"""Minutes of a class: its slides fill them and do not run over."""
SPOKEN = 110
"""Characters of notes for each minute that no activity takes, at least; about a third of what is said."""
SPEED = 300
"""Characters of notes a minute, read aloud; a synthetic voice read the decks at 312 to 327."""
TEACHING = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")


class Slide(NamedTuple):
    title: str
    minutes: int
    notes: str

    @property
    def active(self) -> int:
        """Minutes in which the students do something: 【予想 1 分】."""
        return sum(int(minutes) for minutes in re.findall(r"【[^】]+ (\d+) 分】", self.notes))


def read(source: Path) -> list[Slide]:
    """The slides of a deck. A slide without minutes fails."""
    slides = []
    for text in re.split(r"^##? ", source.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = text.partition("\n")
        found = re.search(r"```\{revealjs-notes\}\n:minutes: (\d+)\n\n(.*?)\n```", rest, re.DOTALL)
        assert found, f"{source.name}: {title} has no minutes"
        slides.append(Slide(title, int(found[1]), found[2]))
    return slides


def starts(slides: list[Slide]) -> dict[str, int]:
    """The minute at which each slide comes up."""
    return {slide.title: sum(s.minutes for s in slides[:i]) for i, slide in enumerate(slides)}


def faults(slides: list[Slide]) -> list[str]:
    """Where the minutes of a deck and what is done in them do not fit."""
    total = sum(slide.minutes for slide in slides)
    found = [] if total in CLASS else [f"{total} minutes"]
    for title, minutes, notes in slides:
        active = Slide(title, minutes, notes).active
        said = len(re.sub(r"\s|【[^】]+】", "", notes))
        if active + said / SPEED > minutes:
            found += [f"{title}: {said} characters and {active} minutes in {minutes} minutes"]
        if said < SPOKEN * (minutes - active):
            found += [f"{title}: {said} characters for {minutes - active} minutes"]
    return found


@pytest.mark.parametrize("deck", DECKS)
def test_what_is_said_and_done_fills_a_class(deck: str) -> None:
    assert faults(read(ROOT / "slides" / f"{deck}.md")) == []


@pytest.mark.parametrize(
    ("slide", "fault"),
    [
        (Slide("題", 5, "あ" * 500), "minutes"),
        (Slide("題", 87, "【実習 86 分】" + "あ" * 50), "50 characters|characters for 1 minutes"),
        (Slide("題", 87, "【実習 87 分】" + "あ" * 500), "87 minutes in 87 minutes"),
    ],
)
def test_minutes_that_do_not_fit_are_told(slide: Slide, fault: str) -> None:
    assert any(re.search(fault, each) for each in faults([slide]))


def rows(deck: str) -> list[tuple[int, int, str]]:
    """The timetable of a deck in 講師の手引き: from, to, and the slide that it begins with."""
    _, _, after = TEACHING.partition(f"slides/{deck}.html")
    section = re.split(r"^#{2,3} ", after, flags=re.MULTILINE)[0]
    found = re.findall(r"^\| (\d+)〜(\d+) \| .* \| (.+) \|$", section, re.MULTILINE)
    return [(int(begin), int(end), title) for begin, end, title in found]


@pytest.mark.parametrize("deck", DECKS)
def test_the_plan_has_the_minutes_of_the_deck(deck: str) -> None:
    slides, plan = read(ROOT / "slides" / f"{deck}.md"), rows(deck)
    assert len(plan) >= 5
    assert {title: begin for begin, _, title in plan}.items() <= starts(slides).items()
    assert plan[0][0] == 0
    assert plan[-1][1] == sum(slide.minutes for slide in slides)
    assert all(one[1] == other[0] for one, other in pairwise(plan))


@pytest.mark.parametrize("deck", DECKS)
def test_the_homework_stands_in_the_plan_and_in_the_deck(deck: str) -> None:
    assert DECKS.keys() == HOMEWORK.keys()
    told = f"{{homework}}`{deck}`"
    assert told in TEACHING
    assert told in (ROOT / "slides" / f"{deck}.md").read_text(encoding="utf-8")
