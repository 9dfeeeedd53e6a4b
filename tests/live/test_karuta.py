"""かるた: what the model believes, the rules, and whole games in a real browser."""

import json
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import torch
from chihaya.poems import Poem, load_poems
from chihaya.shipped import load_reciter
from chihaya.storage import SHIPPED
from kagami.pages.live import poems as poems_as_json
from playwright.sync_api import Browser, Locator, Page, expect
from site_tools import assert_fits

PLAY = Path(__file__).with_name("play.mjs")
POEMS = load_poems()
DEALT = json.loads(poems_as_json())


def ask(what: str, **request: Any) -> Any:
    """What live/karuta.js answers."""
    question = json.dumps({"ask": what, "poems": DEALT, "model": str(SHIPPED), **request})
    answer = subprocess.run(
        ["node", PLAY], input=question, capture_output=True, text=True, check=True
    ).stdout
    return json.loads(answer)


@torch.inference_mode()
def teacher_forced(heard: str) -> torch.Tensor:
    """How likely PyTorch's model is to say each lower verse."""
    reciter = load_reciter()
    targets = reciter.targets([poem.shimo_kana for poem in POEMS])
    given, wanted = targets[:, :-1], targets[:, 1:]
    scores = reciter.model(reciter.sources([heard]).expand(len(POEMS), -1), given)
    chosen = scores.log_softmax(-1).gather(-1, wanted[..., None])[..., 0]
    return (chosen * (wanted != reciter.vocabulary.pad)).sum(1).exp()


def test_at_its_kimariji_each_of_the_hundred_cards_is_on_top() -> None:
    answers = ask("sure", heard=[poem.kimariji for poem in POEMS])
    first = [answer["belief"].index(max(answer["belief"])) for answer in answers]
    assert first == list(range(100))
    assert [sum(answer["belief"]) for answer in answers] == pytest.approx([1] * 100)


def test_beliefs_are_those_of_pytorch() -> None:
    heard = [poem.kimariji for poem in POEMS[::14]] + ["あ", "きみがため", POEMS[16].kami_kana]
    for beginning, answer in zip(heard, ask("sure", heard=heard), strict=True):
        wanted = teacher_forced(beginning)
        assert answer["belief"] == pytest.approx((wanted / wanted.sum()).tolist(), abs=2e-4)
        assert max(answer["confidences"]) == pytest.approx(wanted.max().item(), abs=1e-4)


def test_it_follows_only_what_matters() -> None:
    """Of 1296 beginnings of the lower verses."""
    assert all(
        answer["steps"] < 300 for answer in ask("sure", heard=["む", "ちは", "わたのはらや"])
    )


def test_a_seed_lays_the_same_cards_in_the_same_order() -> None:
    one, again, other = (ask("game", seed=seed, count=12) for seed in (1, 1, 2))
    assert one == again
    assert one["laid"] != other["laid"]
    assert sorted(one["laid"]) == sorted(row["no"] for row in one["rows"])
    assert one["laid"] != [row["no"] for row in one["rows"]]


@pytest.mark.parametrize("count", [12, 25, 50, 100])
def test_a_poem_is_decided_when_no_other_card_that_lies_there_begins_so(count: int) -> None:
    game = ask("game", seed=3, count=count)
    assert len(game["rows"]) == count
    for row, numbers in zip(game["rows"], game["remaining"], strict=True):
        verses = [POEMS[number - 1].kami_kana for number in numbers]
        for length, alone in ((row["decided"], True), (row["decided"] - 1, False)):
            begin = POEMS[row["no"] - 1].kami_kana[:length]
            left = sum(verse.startswith(begin) for verse in verses)
            assert (left == 1) == alone or len(verses) == 1
    if count == 100:
        assert game["rows"][0]["decided"] == len(POEMS[game["rows"][0]["no"] - 1].kimariji)


def test_the_first_who_touches_takes_and_a_wrong_card_costs_one() -> None:
    game = ask("game", seed=1, count=12)
    assert {row["winner"] for row in game["rows"]} == {"person"}
    assert {(row["person"], row["model"]) for row in game["rows"]} == {(3, 5)}
    assert game["faults"] == {"person": 11, "model": 0}  # once a card; none when all is over
    assert game["score"] == 1


def test_no_card_has_voiced_kana_and_no_two_are_alike() -> None:
    cards = ask("unvoiced")
    assert cards == [unvoiced(poem) for poem in POEMS]
    assert not set("".join(cards)) & set("がぎぐげござじずぜぞだぢづでどばびぶべぼぱ")
    assert cards[16] == "からくれなゐにみつくくるとは"
    assert len(set(cards)) == 100


@pytest.mark.parametrize(
    ("key", "place", "led"),
    [
        ("ArrowRight", 0, 2),  # over a place where nothing lies
        ("ArrowLeft", 2, 0),
        ("ArrowLeft", 0, 0),
        ("ArrowDown", 0, 3),
        ("ArrowDown", 4, 4),
        ("ArrowUp", 4, 4),  # above it nothing lies
        ("Home", 4, 0),
        ("End", 0, 5),
        ("Enter", 0, None),
    ],
)
def test_keys_lead_to_cards_that_lie_there(key: str, place: int, led: int | None) -> None:
    lies = [True, False, True, True, True, True]
    assert ask("led", asked=[[key, place, 3, lies]]) == [led]


@pytest.fixture
def karuta(browser: Browser, address: str) -> Callable[..., Page]:
    """A page with twelve cards laid out; the time is the test's."""

    def start(**context: Any) -> Page:
        page = browser.new_page(base_url=address, reduced_motion="reduce", **context)
        page.clock.install()
        page.goto("kimariji.html")
        stop_the_clock(page)
        page.locator("#live-karuta").evaluate("place => { place.dataset.seed = 1 }")
        page.get_by_role("button", name="かるたを取る").click()
        status = page.locator("#live-karuta > p > [role=status]")
        while page.locator(".board button").count() == 0 and "止まった" not in status.inner_text():
            page.clock.run_for(50)
        return page

    return start


def stop_the_clock(page: Page) -> None:
    """From now on it goes on only when the test says so."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))


def unvoiced(poem: Poem) -> str:
    """What stands on its card."""
    return re.sub("[\u3099\u309a]", "", normalize("NFD", poem.shimo_kana))


def card(page: Page, poem: Poem) -> Locator:
    """The card with the lower verse."""
    return page.get_by_role("button", name=unvoiced(poem))


def wrong_card(page: Page, poem: Poem) -> Locator:
    """A card that lies there with another verse."""
    lying = page.locator(".board button:not([aria-disabled])")
    return lying.filter(has_not_text=unvoiced(poem)).first


@cache
def order() -> list[Poem]:
    """The poems in the order in which they are read."""
    return [POEMS[row["no"] - 1] for row in ask("game", seed=1, count=12)["rows"]]


def said(page: Page) -> Locator:
    return page.locator(".reading [role=status]")


def finished(page: Page) -> Locator:
    """The rows of the summary."""
    return page.get_by_role("region", name="何文字で決まり").locator("tbody tr")


def rest(page: Page, rows: int) -> None:
    """Until the model has thought, and the next verse begins."""
    for _ in range(40):
        if finished(page).count() == rows:
            break
        page.clock.run_for(100)
    page.clock.run_for(2600)


def test_a_whole_game_by_keyboard_alone(karuta: Callable[..., Page]) -> None:
    page = karuta()
    page.keyboard.press("p")
    for key in ["Tab"] * 6:
        page.keyboard.press(key)
    expect(page.locator(".board button:focus")).to_have_count(1)
    for rows, poem in enumerate(order(), 1):
        page.clock.run_for(100)
        page.keyboard.press("Home")
        for _ in range(12 - rows):
            if card(page, poem).evaluate("card => card === document.activeElement"):
                break
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(said(page)).to_contain_text(
            re.compile(rf"{poem.no} 番は [0-9]+ 文字で決まり，あなたが 1 文字で取った")
        )
        rest(page, rows)
    expect(said(page)).to_contain_text("あなたは 12 枚，お手つき 0 回で 12 点。")
    expect(said(page)).to_contain_text("あなたの勝ち。")
    expect(finished(page)).to_have_count(12)
    page.keyboard.press("p")
    expect(page.locator(".board button:focus")).to_have_count(1)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="休む（P）")).to_be_visible()
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', { value: true, configurable: true })
          document.dispatchEvent(new Event('visibilitychange'))
        }"""
    )
    expect(page.get_by_role("button", name="続ける（P）")).to_be_visible()


def test_a_whole_game_by_touch_with_a_wrong_card_each_time(karuta: Callable[..., Page]) -> None:
    page = karuta(has_touch=True, viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="始める").tap()
    for rows, poem in enumerate(order(), 1):
        page.clock.run_for(100)
        if rows < 12:
            wrong_card(page, poem).tap()
            expect(said(page)).to_contain_text("あなたのお手つき")
            wrong_card(page, poem).tap()  # the same card again costs nothing
        card(page, poem).tap()
        expect(said(page)).to_contain_text(
            re.compile(rf"{poem.no} 番は [0-9]+ 文字で決まり，あなたが")
        )
        rest(page, rows)
    expect(said(page)).to_contain_text("あなたは 12 枚，お手つき 11 回で 1 点。")
    page.get_by_role("button", name="もう一度").tap()
    expect(finished(page)).to_have_count(0)
    expect(page.locator(".board button:not([aria-disabled])")).to_have_count(12)
    expect(page.get_by_role("button", name="始める")).to_be_enabled()


def test_the_model_takes_a_card_as_soon_as_it_is_sure_and_not_before(
    karuta: Callable[..., Page],
) -> None:
    page = karuta()
    page.get_by_role("button", name="始める").click()
    for rows, poem in enumerate(order(), 1):
        while finished(page).count() < rows:
            page.clock.run_for(1000)
        course = page.get_by_role("region", name=f"{poem.no} 番を聞いた").locator("tbody tr")
        sure = [float(row.locator("td").last.inner_text().lstrip("<>")) for row in course.all()]
        limit = float(page.locator(".bars li").last.inner_text().split("閾値 ")[1][:5])
        own = [
            row.locator("td").first.inner_text().startswith(f"{poem.no} ") for row in course.all()
        ]
        taken = [certain >= limit and mine for certain, mine in zip(sure, own, strict=True)]
        assert taken.index(True) == len(taken) - 1
        model = finished(page).nth(rows - 1).locator("td").last
        assert model.inner_text() == str(len(taken))
        page.clock.run_for(2600)
    expect(said(page)).to_contain_text("モデルの勝ち。")


def test_the_kana_that_decides_is_marked_and_told_in_the_summary(
    karuta: Callable[..., Page],
) -> None:
    page = karuta()
    page.get_by_role("button", name="始める").click()
    (first, *_), (row, *_) = order(), ask("game", seed=1, count=12)["rows"]
    while not finished(page).count():
        page.clock.run_for(100)
    begin = page.locator(".verse").evaluate("""verse => {
      const range = document.createRange()
      range.setEnd(verse.querySelector("b"), 1)
      return range.setStart(verse, 0), range.toString()
    }""")
    assert begin == first.kami_kana[: row["decided"]]
    assert finished(page).first.locator("td").first.inner_text() == str(row["decided"])
    expect(said(page)).to_contain_text(f"{first.no} 番は {row['decided']} 文字で決まり，")


def test_nothing_is_read_or_taken_during_a_pause(karuta: Callable[..., Page]) -> None:
    page = karuta()
    page.keyboard.press("p")
    page.clock.run_for(100)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="続ける")).to_be_visible()
    heard = page.locator(".verse").inner_text()
    page.clock.run_for(20_000)
    card(page, order()[0]).click()
    assert page.locator(".verse").inner_text() == heard == order()[0].kami_kana[0]
    page.keyboard.press("p")
    card(page, order()[0]).click()
    expect(said(page)).to_contain_text("あなたが 1 文字で取った")


def test_shares_on_the_cards_are_shown_when_asked_and_sum_to_one(
    karuta: Callable[..., Page],
) -> None:
    page = karuta()
    page.get_by_label("モデルの信念を札に表示する").check()
    page.get_by_role("button", name="始める").click()
    page.clock.run_for(100)
    shares = page.locator(".board.seen button").evaluate_all(
        "cards => cards.map(card => Number(card.style.getPropertyValue('--share')))"
    )
    assert len(shares) == 12
    assert sum(shares) == pytest.approx(1)


def test_no_barrier_and_nothing_wider_than_the_page(karuta: Callable[..., Page]) -> None:
    page = karuta()
    page.get_by_label("モデルの信念を札に表示する").check()
    page.get_by_role("button", name="始める").click()
    page.clock.run_for(100)
    wrong_card(page, order()[0]).click()
    for rows in (0, 12):
        while finished(page).count() < rows:
            page.clock.run_for(500)
        page.clock.resume()  # axe waits by the page's clock
        assert_fits(page)
        stop_the_clock(page)
    page.get_by_label("並べる札").select_option(index=3)
    expect(page.locator(".board button")).to_have_count(100)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
