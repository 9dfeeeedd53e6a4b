"""聞いてみる, in a real browser: what a reader types, picks and touches, and what goes wrong."""

import json
from collections.abc import Callable

import pytest
from chihaya.poems import load_poems
from engines import Window
from playwright.sync_api import Browser, Page, expect
from site_tools import assert_fits

POEMS = load_poems()
THRESHOLD = "閾値"
RECITE_ALL = """(async heard => {
  const input = document.querySelector('.part input'), said = []
  for (const text of heard) {
    input.value = text
    input.dispatchEvent(new Event('input'))
    const verse = () => document.querySelector('.said').textContent
    while (!verse().endsWith('終')) await new Promise(resolve => setTimeout(resolve))
    said.push(verse().slice(0, -1))
  }
  return said
})"""


@pytest.fixture
def listening(browser: Browser, address: str) -> Callable[..., Page]:
    """A page on which 聞いてみる was started, by a reader for whom nothing moves."""

    def start(name: str = "poems.html", **context: object) -> Page:
        page = browser.new_page(base_url=address, reduced_motion="reduce", **context)  # type: ignore[arg-type]
        page.goto(name)
        page.get_by_role("button", name="聞いてみる").click()
        expect(page.locator(".part > [role=status]")).to_contain_text(THRESHOLD)
        return page

    return start


def said(page: Page) -> str:
    """The lower verse that stands there, when all is said."""
    expect(page.locator(".said button").last).to_have_text("終")
    return page.locator(".said").inner_text().replace("終", "").replace("\n", "")


def test_a_button_that_is_pressed_twice_starts_one_part(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, reduced_motion="reduce")
    page.goto("poems.html")
    page.get_by_role("button", name="聞いてみる").dblclick()
    expect(page.locator(".part > [role=status]").first).to_contain_text(THRESHOLD)
    page.wait_for_timeout(1000)
    expect(page.locator(".part")).to_have_count(1)
    page.close()


def test_kana_and_romaji_are_heard(listening: Callable[..., Page]) -> None:
    page = listening()
    assert said(page) == POEMS[16].shimo_kana
    for typed in ("むす", "musu", "ＭＵＳＵ"):
        page.get_by_label("聞かせる言葉").fill(typed)
        expect(page.locator(".heard")).to_have_text("むす")
        assert said(page) == POEMS[86].shimo_kana


def test_a_poem_is_picked_and_stopped_after_any_kana(listening: Callable[..., Page]) -> None:
    page = listening()
    page.get_by_label("歌を選ぶ").select_option(index=1)
    assert said(page) == POEMS[0].shimo_kana
    page.get_by_label("何文字まで聞かせるか").fill("1")
    expect(page.locator(".heard")).to_have_text(POEMS[0].kami_kana[:1])
    expect(page.locator(".tree h4")).to_contain_text("17 首")
    page.get_by_label("聞かせる言葉").fill("い")
    expect(page.get_by_label("何文字まで聞かせるか")).to_be_hidden()


def test_a_touched_kana_tells_how_it_was_chosen(listening: Callable[..., Page]) -> None:
    page = listening()
    said(page)
    page.locator(".said button").nth(2).click()
    detail = page.locator(".detail")
    expect(detail).to_contain_text("3 文字目「く」")
    shares = detail.locator(".bars li").evaluate_all(
        "rows => rows.map(row => Number(row.style.getPropertyValue('--share')))"
    )
    assert len(shares) == 5
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1
    for row in detail.locator(".heads tr").all():
        looked = row.locator("td").evaluate_all(
            "cells => cells.reduce((sum, cell) => sum + Number(cell.style.getPropertyValue('--share')), 0)"
        )
        assert looked == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "空である"),
        ("春", "漢字「春」（U+6625）は読めない"),
        ("😀", "語彙にない"),
        ("あ" * 10_000, "10000 文字ある"),
        ("<img src=x onerror=alert(1)>", "語彙にない"),
    ],
)
def test_what_cannot_be_heard_gets_one_line(
    listening: Callable[..., Page], typed: str, told: str
) -> None:
    page = listening()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.get_by_label("聞かせる言葉").fill(typed)
    expect(page.locator(".part > [role=status]")).to_contain_text(told)
    assert page.locator(".part img").count() == 0
    assert page.locator(".said button").count() == 0


@pytest.mark.parametrize("name", ["live.css", "listen.js", "poems.json", "reciter.safetensors"])
def test_what_does_not_come_is_told_and_the_page_stays(
    browser: Browser, address: str, name: str
) -> None:
    page = browser.new_page(base_url=address)
    page.route(f"**/{name}", lambda route: route.abort())
    page.goto("poems.html")
    page.get_by_role("button", name="聞いてみる").click()
    status = page.locator(".live [role=status]")
    expect(status).to_contain_text("読み込みが途中で止まった")
    expect(page.locator(".part")).to_have_count(0)
    page.unroute(f"**/{name}")
    if name.endswith((".json", ".safetensors", ".css")):  # a program's address is asked once
        page.get_by_role("button", name="聞いてみる").click()
        expect(page.locator(".part > [role=status]")).to_contain_text(THRESHOLD)


def test_no_barrier_and_nothing_wider_than_the_page(listening: Callable[..., Page]) -> None:
    page = listening()
    page.get_by_label("歌を選ぶ").select_option(index=22)
    page.get_by_label("何文字まで聞かせるか").fill("17")
    said(page)
    page.locator(".said button").nth(9).click()
    assert_fits(page)


def test_without_a_script_there_is_no_button_and_in_print_no_part(
    browser: Browser, address: str, listening: Callable[..., Page]
) -> None:
    plain = browser.new_page(base_url=address, java_script_enabled=False)
    plain.goto("poems.html")
    expect(plain.locator(".live button")).to_be_hidden()
    expect(plain.locator(".live")).to_contain_text("動かせないところでは")
    page = listening()
    page.emulate_media(media="print")
    expect(page.locator(".part")).to_be_hidden()
    expect(page.locator(".live").get_by_text("動かせないところでは")).to_be_visible()


def test_it_is_light(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    sizes: list[int] = []
    page.goto("poems.html")
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.get_by_role("button", name="聞いてみる").click()
    expect(page.locator(".part > [role=status]")).to_contain_text(THRESHOLD)
    assert 300_000 < sum(sizes) <= 380_000


def test_every_engine_recites_all_from_the_whole_verse_and_from_the_kimariji(
    window: Window,
) -> None:
    window.goto("poems.html")
    window.evaluate("void (window.matchMedia = () => ({ matches: true }))")  # nothing moves
    window.evaluate("document.querySelector('.live button').click()")
    window.until(f"document.querySelector('.part')?.textContent.includes('{THRESHOLD}')")
    heard = [poem.kami_kana for poem in POEMS] + [poem.kimariji for poem in POEMS]
    said = window.evaluate(f"{RECITE_ALL}({json.dumps(heard)})")
    assert said == 2 * [poem.shimo_kana for poem in POEMS]
