"""What a reader can operate: the menu, light and dark, the animation of the cover."""

import pytest
from engines import Window
from playwright.sync_api import Browser, Page

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
FOCUSED = "document.activeElement.textContent"
BOX_IS_SHOWN = "document.querySelector('#menu input').checkVisibility()"
BOX_HAS_FOCUS = "document.activeElement.matches('#menu input')"
LOOK = """const shapes = [...document.querySelectorAll('.dual-polyhedra svg *')].filter(shape => shape.getBBox)
  const look = () => shapes.map(shape => shape.getBBox()).map(box => [box.x, box.y, box.width]).join()
  const wait = time => new Promise(done => setTimeout(done, time))"""
# Whether the polyhedra look otherwise after a while.
MOVES = f"""(async () => {{
  {LOOK}
  const before = look()
  await wait(400)
  return look() !== before
}})()"""
# Whether they come to rest: what was just stopped is drawn once more, on a busy machine later.
RESTS = f"""(async () => {{
  {LOOK}
  for (let trials = 0; trials < 10; trials++) {{
    const before = look()
    await wait(400)
    if (look() === before) return true
  }}
  return false
}})()"""


def focus_link(window: Window, text: str) -> None:
    """Put the focus on the link of the menu that says so."""
    links = "[...document.querySelectorAll('#menu nav a')]"
    window.evaluate(f"{links}.find(link => link.textContent === '{text}').focus()")


@pytest.fixture
def desk(window: Window) -> Window:
    """The menu is beside the text."""
    window.resize(1280, 900)
    return window


@pytest.fixture
def phone(window: Window) -> Window:
    """The menu is behind a button."""
    window.resize(390, 844)
    return window


def test_the_first_key_leads_past_the_menu(desk: Window) -> None:
    desk.goto("duality.html")
    desk.press("Tab")
    assert desk.evaluate(FOCUSED) == "本文へ"
    desk.press("Enter")
    desk.until("location.hash === '#content'")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(phone: Window) -> None:
    phone.goto("duality.html")
    phone.focus(".open-menu")
    assert not phone.evaluate(BOX_IS_SHOWN)
    phone.press("Enter")
    phone.until(BOX_IS_SHOWN)
    phone.press("Tab")
    phone.until(BOX_HAS_FOCUS)
    phone.press("Escape")
    phone.until(f"!{BOX_IS_SHOWN}")
    assert phone.evaluate(FOCUSED) == "目次と検索"


def test_the_menu_of_a_phone_leads_to_a_page_and_closes_on_a_jump_within(phone: Window) -> None:
    phone.goto("duality.html")
    phone.focus(".open-menu")
    phone.press("Enter")
    phone.until(BOX_IS_SHOWN)
    focus_link(phone, "計画と値段")
    phone.press("Enter")
    phone.until(f"location.hash && !{BOX_IS_SHOWN}")
    phone.focus(".open-menu")
    phone.press("Enter")
    phone.until(BOX_IS_SHOWN)
    focus_link(phone, "位置符号化")
    phone.press("Enter")
    phone.until("location.pathname.endsWith('/positional-encoding.html')")


def test_the_choice_of_light_or_dark_is_remembered(desk: Window) -> None:
    desk.goto("index.html")
    before = desk.evaluate(BACKGROUND)
    desk.focus("button.theme")
    desk.press("Enter")
    desk.until(f"{BACKGROUND} !== '{before}'")
    chosen = desk.evaluate(BACKGROUND)
    desk.goto("notation.html")
    assert desk.evaluate(BACKGROUND) == chosen
    desk.focus("button.theme")
    desk.press("Enter")
    desk.until(f"{BACKGROUND} === '{before}'")
    desk.goto("notation.html")
    assert desk.evaluate(BACKGROUND) == before


def test_light_and_dark_are_the_systems_until_one_is_chosen(browser: Browser, address: str) -> None:
    colours = {}
    for scheme, other in (("light", "dark"), ("dark", "light")):
        with browser.new_context(base_url=address, color_scheme=scheme) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto("index.html")
            colours[scheme] = page.evaluate(BACKGROUND)
            page.get_by_role("button", name="明るさを切り替える").click()
            colours[f"{other}, chosen"] = page.evaluate(BACKGROUND)
    assert colours["light"] != colours["dark"]
    assert colours["light"] == colours["light, chosen"]
    assert colours["dark"] == colours["dark, chosen"]


def test_the_animation_can_be_paused(desk: Window) -> None:
    desk.goto("index.html")
    assert desk.evaluate(MOVES)
    desk.focus(".dual-polyhedra button")
    desk.press("Enter")
    desk.until("document.activeElement.textContent === '回転させる'")
    assert desk.evaluate(RESTS)
    desk.press("Enter")
    desk.until("document.activeElement.textContent === '回転を止める'")
    assert desk.evaluate(MOVES)


def test_the_animation_waits_for_readers_who_ask_for_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("index.html")
    assert page.evaluate(RESTS)
    page.locator(".dual-polyhedra button").press("Enter")
    assert page.evaluate(MOVES)
