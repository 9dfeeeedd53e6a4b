"""What a reader can operate: the menu, light and dark, the animation of the cover."""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 390, "height": 844}
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_the_first_key_leads_past_the_menu(page: Page) -> None:
    page.goto("duality.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("duality.html")
    opener = page.get_by_role("button", name="目次と検索")
    box = page.get_by_label("この本を検索")
    opener.focus()
    expect(box).to_be_hidden()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_menu_of_a_phone_leads_to_a_page_and_closes_on_a_jump_within(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("duality.html")
    menu = page.get_by_role("navigation", name="目次")
    page.get_by_role("button", name="目次と検索").press("Enter")
    menu.get_by_role("link", name="計画と値段").press("Enter")
    expect(page).to_have_url(re.compile("#"))
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="目次と検索").press("Enter")
    menu.get_by_role("link", name="位置符号化").press("Enter")
    page.wait_for_url("**/positional-encoding.html")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_choice_of_light_or_dark_is_remembered(
    browser: Browser, address: str, system: str
) -> None:
    other = {"light": "dark", "dark": "light"}[system]
    colours = {}
    for scheme in (system, other):
        with browser.new_context(base_url=address, color_scheme=scheme) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto("index.html")
            colours[scheme] = page.evaluate(BACKGROUND)
    assert colours["light"] != colours["dark"]
    with browser.new_context(base_url=address, color_scheme=system) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("index.html")
        page.get_by_role("button", name="明るさを切り替える").click()
        assert page.evaluate(BACKGROUND) == colours[other]
        page.goto("notation.html")
        assert page.evaluate(BACKGROUND) == colours[other]
        page.get_by_role("button", name="明るさを切り替える").click()
        page.reload()
        assert page.evaluate(BACKGROUND) == colours[system]


def moves(page: Page) -> bool:
    """Whether the polyhedra look otherwise after a while."""
    drawings = page.locator(".dual-polyhedra > div").first
    before = drawings.screenshot()
    page.wait_for_timeout(400)
    return drawings.screenshot() != before


def test_the_animation_can_be_paused(page: Page) -> None:
    page.goto("index.html")
    button = page.locator(".dual-polyhedra button")
    assert moves(page)
    button.press("Enter")
    expect(button).to_have_text("回転させる")
    assert not moves(page)
    button.press("Enter")
    assert moves(page)


def test_the_animation_waits_for_readers_who_ask_for_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("index.html")
    assert not moves(page)
    page.locator(".dual-polyhedra button").press("Enter")
    assert moves(page)
