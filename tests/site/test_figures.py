"""Drawings in the dark: on the page's own paper, unless they speak of brightness; white in print."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Literal

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Browser, Page
from site_tools import PAGES, SITE

Scheme = Literal["light", "dark"]
Colour = tuple[int, ...]

WHITE = (255, 255, 255)
DRAWN, LUMINOUS = "figure img:not(.luminous)", "figure img.luminous"
WITH_BOTH = "attention.html"


@contextmanager
def opened(browser: Browser, address: str, system: Scheme, *, switched: bool) -> Iterator[Page]:
    """A page with drawings of both kinds, as the system has it or as the reader wants it."""
    with browser.new_context(base_url=address, color_scheme=system) as context:
        page = context.new_page()
        page.goto(WITH_BOTH)
        if switched:
            page.get_by_role("button", name="明るさを切り替える").click()
        yield page


def papers(page: Page, drawing: str) -> tuple[Colour, Colour]:
    """The colour seen near a drawing's corner, and that of the page beside the drawing."""
    image = page.locator(drawing).first
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    box = image.bounding_box()
    assert box
    seen = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    inside, outside = (
        seen.getpixel((round(box["x"]) + right, round(box["y"]) + 6)) for right in (6, -6)
    )
    assert isinstance(inside, tuple) and isinstance(outside, tuple)
    return inside, outside


@pytest.mark.parametrize(("system", "switched"), [("dark", False), ("light", True)])
def test_in_the_dark_a_drawing_stands_on_the_paper_of_the_page(
    browser: Browser, address: str, system: Scheme, switched: bool
) -> None:
    with opened(browser, address, system, switched=switched) as page:
        inside, outside = papers(page, DRAWN)
        assert inside == outside and max(inside) < 50
        assert papers(page, LUMINOUS)[0] == WHITE


@pytest.mark.parametrize(("system", "switched"), [("light", False), ("dark", True)])
def test_in_the_light_every_drawing_is_as_it_was_drawn(
    browser: Browser, address: str, system: Scheme, switched: bool
) -> None:
    with opened(browser, address, system, switched=switched) as page:
        assert papers(page, DRAWN)[0] == papers(page, LUMINOUS)[0] == WHITE


@pytest.mark.parametrize(("system", "switched"), [("dark", False), ("light", True)])
def test_in_print_every_drawing_is_as_it_was_drawn(
    browser: Browser, address: str, system: Scheme, switched: bool
) -> None:
    with opened(browser, address, system, switched=switched) as page:
        page.emulate_media(media="print", color_scheme=system)
        assert papers(page, DRAWN)[0] == papers(page, LUMINOUS)[0] == WHITE


def test_what_speaks_of_brightness_is_not_inverted() -> None:
    speaking = [
        (name, figure["id"], figure.select_one("img.luminous"))
        for name in PAGES
        for figure in BeautifulSoup((SITE / name).read_text("utf-8"), "html.parser")("figure")
        if "明る" in f"{figure.img and figure.img['alt']}{figure.get_text()}"
    ]
    assert speaking and [label for _, label, kept in speaking if not kept] == []
