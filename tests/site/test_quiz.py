"""Exercises that answer back (live/quiz.js): by keyboard, kept on the device, and nothing lost without a script."""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from site_tools import SITE, violations

CHAPTERS = (
    "preparation",
    "duality",
    "attention",
    "transformer",
    "positional-encoding",
    "chihaya",
    "mirror",
    "kimariji",
    "own-pairs",
    "speed",
    "evaluation",
    "unreasonable-effectiveness",
)
RIGHT, WRONG = re.compile("^right$"), re.compile("^wrong$")
FIGURE = "#fig-mirror-reader"
REFUSE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"

Open = Callable[..., Page]


@pytest.fixture
def open_quiz(browser: Browser, address: str) -> Iterator[Open]:
    """A chapter whose exercises ask, for a reader who has answered none."""
    with ExitStack() as pages:

        def open_quiz(chapter: str, **context: Any) -> Page:
            page = browser.new_page(base_url=address, reduced_motion="reduce", **context)
            pages.callback(page.close)
            page.goto(f"{chapter}.html")
            begin(page)
            return page

        yield open_quiz


def begin(page: Page) -> None:
    """Come near to an exercise, so that they ask."""
    page.locator("[data-check]").first.scroll_into_view_if_needed()
    expect(page.locator("form.quiz").first).to_be_attached()


def check(exercise: Locator) -> dict[str, Any]:
    """What the page knows of the answer."""
    encoded = exercise.get_attribute("data-check")
    assert encoded
    found: dict[str, Any] = json.loads(b64decode(encoded))
    return found


def answer(exercise: Locator, given: str) -> None:
    """Answer by keyboard alone: a number typed in, or the choice of this number."""
    keyboard = exercise.page.keyboard
    radios = exercise.locator("[type=radio]")
    if not radios.count():
        exercise.locator("[type=text]").focus()
        keyboard.press("ControlOrMeta+a")
        keyboard.type(given)
    else:
        radios.first.focus()
        keyboard.press("Space")
        for _ in range(int(given) - 1):
            keyboard.press("ArrowDown")
        keyboard.press("Tab")
    keyboard.press("Enter")


def verdict(exercise: Locator) -> Locator:
    """Where it says whether an answer is right."""
    return exercise.locator("[role=status]")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_tells_right_from_wrong(open_quiz: Open, chapter: str) -> None:
    page = open_quiz(chapter)
    exercises = page.locator("[data-check]").all()
    assert len(exercises) >= 2
    for exercise in exercises:
        known = check(exercise)
        right = known["answer"]
        is_choice = known["kind"] == "choice"
        other = "1" if right != "1" else "2"
        answer(exercise, other if is_choice else str(3 * float(right) + 7))
        expect(verdict(exercise)).to_have_class(WRONG)
        expect(verdict(exercise).locator("p")).to_have_count(int(is_choice))
        answer(exercise, right)
        expect(verdict(exercise)).to_have_class(RIGHT)
        assert exercise.evaluate("node => node.contains(document.activeElement)")


@pytest.mark.parametrize(
    ("chapter", "name", "told"),
    [
        (
            "mirror",
            "mirror-2",
            {
                "22 %": "○ 正しい。",
                "２２": "○ 正しい。",
                "0.22": "百分率（%）で答える",
                "22％": "○ 正しい。",
                "23.05": "近いが，大きすぎる",
                "-5": "× 違う。小さすぎる",
                "80": "× 違う。大きすぎる",
                "たくさん": "数として読めない",
                " ": "答えを入れてから",
                "<img src=x>": "数として読めない",
            },
        ),
        (
            "duality",
            "duality-1",
            {"3/4": "○ 正しい。", "．75": "○ 正しい。", "75": "大きすぎる"},
        ),
        ("kimariji", "kimariji-5", {"75": "全体を 1 とする割合で答える", "75 %": "○ 正しい。"}),
        ("attention", "attention-3", {"16,640 個": "○ 正しい。", "166.4": "小さすぎる"}),
    ],
)
def test_a_number_is_read_as_people_write_it(
    open_quiz: Open, chapter: str, name: str, told: dict[str, str]
) -> None:
    exercise = open_quiz(chapter).locator(f"#exercise-{name}")
    for typed, words in told.items():
        answer(exercise, typed)
        expect(verdict(exercise)).to_contain_text(words)


def test_answers_are_kept_and_forgotten(open_quiz: Open) -> None:
    page = open_quiz("mirror")
    number, choice = page.locator("#exercise-mirror-2"), page.locator("#exercise-mirror-6")
    answer(number, "80")
    answer(choice, "2")
    told = verdict(choice).inner_text()
    page.reload()
    begin(page)
    expect(number.locator("input")).to_have_value("80")
    expect(verdict(number)).to_have_class(WRONG)
    expect(choice.locator("[type=radio]").nth(1)).to_be_checked()
    assert verdict(choice).inner_text() == told
    page.get_by_role("button", name="この頁の答えを消す").press("Enter")
    for _ in range(2):
        expect(number.locator("input")).to_have_value("")
        expect(choice.locator(":checked")).to_have_count(0)
        expect(verdict(number)).to_be_empty()
        page.reload()
        begin(page)


@pytest.mark.parametrize("way", ["こう予想する", "予想せずに見る"])
def test_a_prediction_comes_before_what_it_is_of(open_quiz: Open, way: str) -> None:
    page = open_quiz("mirror")
    exercise = page.locator("#exercise-mirror-lines")
    expect(page.locator(FIGURE)).not_to_be_visible()
    expect(verdict(exercise)).to_have_text("予想すると，続きが現れる。")
    exercise.get_by_role("button", name=way).click()
    if way == "こう予想する":
        expect(verdict(exercise)).to_have_text("一つ選んでから押してほしい。")
        expect(page.locator(FIGURE)).not_to_be_visible()
        answer(exercise, "1")
        expect(verdict(exercise)).to_contain_text("× 予想とは違う。")
    expect(page.locator(FIGURE)).to_be_visible()
    assert exercise.evaluate("node => node.contains(document.activeElement)")
    page.reload()
    begin(page)
    expect(page.locator(FIGURE)).to_be_visible()
    page.get_by_role("button", name="この頁の答えを消す").press("Enter")
    expect(page.locator(FIGURE)).not_to_be_visible()


def test_the_claim_after_an_outcome_does_not_give_it_away(open_quiz: Open) -> None:
    page = open_quiz("mirror")
    claim = page.locator("#claim-mirror-no-diagonal")
    hidden = "claim => claim.closest('[hidden]') !== null"
    assert claim.evaluate(hidden)
    parts = page.locator("#exercise-mirror-parts")
    parts.get_by_role("button", name="予想せずに見る").click()
    assert not claim.evaluate(hidden)


def test_a_link_leads_to_what_was_not_predicted(open_quiz: Open) -> None:
    page = open_quiz("mirror")
    expect(page.locator(FIGURE)).not_to_be_visible()
    page.evaluate(f"location.hash = '{FIGURE}'")
    expect(page.locator(FIGURE)).to_be_in_viewport()
    page.reload()
    page.locator("[data-check]").last.scroll_into_view_if_needed()
    expect(page.locator("form.quiz").first).to_be_attached()
    expect(page.locator(FIGURE)).to_be_visible()


def test_print_shows_figures_and_asks_nothing(open_quiz: Open) -> None:
    page = open_quiz("mirror")
    answer(page.locator("#exercise-mirror-2"), "80")
    page.emulate_media(media="print")
    expect(page.locator(FIGURE)).to_be_visible()
    shown = page.locator("article :is(input, button, legend, [role=status])").filter(visible=True)
    expect(shown).to_have_count(0)
    expect(page.get_by_text("四つのどれも見つける。")).to_be_visible()


def test_without_a_script_question_figure_and_folded_answer_stand_there(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(base_url=address, java_script_enabled=False)
    page.goto("mirror.html")
    expect(page.locator(FIGURE)).to_be_visible()
    expect(page.get_by_text("四つのどれも見つける。")).to_be_visible()
    expect(page.locator("#solution-mirror-5 summary")).to_be_visible()
    expect(page.locator(".quiz")).to_have_count(0)


def test_refused_storage_is_said_and_does_no_harm(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.add_init_script(REFUSE)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto("mirror.html")
    begin(page)
    exercise = page.locator("#exercise-mirror-2")
    answer(exercise, "22")
    expect(verdict(exercise)).to_have_class(RIGHT)
    expect(page.locator("p.quiz")).to_contain_text("保存を許していない")


def test_a_page_opened_as_a_file_answers_too(page: Page) -> None:
    page.goto((SITE / "preparation.html").as_uri())
    begin(page)
    exercise = page.locator("#exercise-preparation-1")
    answer(exercise, "11")
    expect(verdict(exercise)).to_have_class(RIGHT)


@pytest.mark.parametrize("name", ["mirror.html", "notation.html"])
def test_the_program_comes_only_near_an_exercise(page: Page, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(name)
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 300)
    assert not [url for url in asked if url.endswith("/quiz.js")]


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_no_barrier_in_a_quiz_in_use(open_quiz: Open, width: int, scheme: str) -> None:
    page = open_quiz("mirror", color_scheme=scheme, viewport={"width": width, "height": 900})
    answer(page.locator("#exercise-mirror-parts"), "1")
    answer(page.locator("#exercise-mirror-2"), "80")
    answer(page.locator("#exercise-mirror-6"), "2")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
