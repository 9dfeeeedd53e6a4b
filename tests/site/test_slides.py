"""The decks of slides, as `make slides` has built them, in a real browser at 1280 × 720."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kagami.pages.decks import DECKS
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
SLIDES = SITE / "slides"
WIDTH, HEIGHT = 1280, 720

# What stands on the slide that is shown, with its box; and what of it does not fit.
LOOK = """() => {
  const slide = Reveal.getCurrentSlide();
  const box = (node) => (({left, top, right, bottom}) => ({left, top, right, bottom}))(node.getBoundingClientRect());
  const wide = [...slide.querySelectorAll("*")].filter((node) =>
    node.clientWidth && node.scrollWidth > node.clientWidth + 1 && !node.closest("math, .notes"));
  return {
    title: slide.querySelector("h1, h2")?.textContent ?? "",
    notes: slide.querySelector(".notes")?.textContent.trim() ?? "",
    parts: [...slide.querySelectorAll(":not(.notes):not(.notes *)")].map((node) => ({tag: node.tagName, ...box(node)}))
      .filter(({left, top, right, bottom}) => right > left && bottom > top),
    images: [...slide.querySelectorAll("img")].map((node) => ({
      alt: node.alt, loaded: node.complete && node.naturalWidth > 0, area: node.clientWidth * node.clientHeight})),
    wide: wide.map((node) => node.outerHTML.slice(0, 80)),
    below: slide.scrollHeight > slide.clientHeight + 1,
  };
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the size of a slide, where an error and a request for anything outside fail."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
    page.on("request", lambda asked: troubles.append(asked.url) if is_outside(asked.url) else None)
    yield page
    page.close()
    assert not troubles


def is_outside(url: str) -> bool:
    """Whether an address is neither in the site nor inside the page itself."""
    return not url.startswith((SITE.as_uri(), "data:", "about:", "blob:"))


def open_deck(page: Page, deck: str, query: str = "") -> None:
    page.goto(f"{(SLIDES / f'{deck}.html').as_uri()}{query}")
    page.wait_for_function("Reveal.isReady()")
    page.evaluate("document.fonts.ready")


def slides(page: Page) -> Iterator[dict[str, Any]]:
    """What stands on each slide, while it is shown."""
    for _ in range(page.evaluate("Reveal.getTotalSlides()")):
        yield page.evaluate(LOOK)
        page.evaluate("Reveal.next()")


def faults(slide: dict[str, Any]) -> list[str]:
    """What on a slide cannot be seen, or cannot be read aloud."""
    found = [
        f"{part['tag']} leaves the slide: {part}"
        for part in slide["parts"]
        if min(part["left"], part["top"]) < -1
        or part["right"] > WIDTH + 1
        or part["bottom"] > HEIGHT + 1
    ]
    found += [f"too wide: {html}" for html in slide["wide"]]
    found += ["the slide is higher than the screen"] if slide["below"] else []
    for image in slide["images"]:
        found += [] if image["loaded"] else ["an image was not loaded"]
        found += [] if image["area"] > 0.1 * WIDTH * HEIGHT else ["an image is too small to see"]
        found += [] if image["alt"] else ["an image has no text in its place"]
    return [f"{slide['title']}: {fault}" for fault in found]


@pytest.mark.parametrize("deck", DECKS)
def test_everything_on_every_slide_is_seen(page: Page, deck: str) -> None:
    open_deck(page, deck)
    seen = list(slides(page))
    source = (ROOT / "slides" / f"{deck}.md").read_text(encoding="utf-8")
    assert len(seen) == len(re.findall("^##? ", source, re.MULTILINE)) + 1
    assert sum(len(slide["images"]) for slide in seen) == source.count("\nmystnb:\n")
    assert [fault for slide in seen for fault in faults(slide)] == []


@pytest.mark.parametrize("deck", DECKS)
def test_every_slide_but_the_last_has_notes_for_the_speaker(page: Page, deck: str) -> None:
    open_deck(page, deck)
    assert [slide["title"] for slide in slides(page) if not slide["notes"]] == ["本で読む"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("img.style.transform = 'translateX(300px)'", "leaves the slide"),
        ("img.style.maxWidth = img.style.width = '3000px'", "leaves the slide"),
        ("img.alt = ''", "no text"),
        ("img.src = 'none.svg'", "not loaded"),
        ("img.style.display = 'none'", "too small"),
        ("slide.insertAdjacentHTML('beforeend', '<p>長い文。</p>'.repeat(9))", "leaves the slide"),
        ("slide.insertAdjacentHTML('beforeend', '<pre>x</pre>'); slide.lastChild.textContent = 'x'.repeat(200)", "too wide"),
    ],
)  # fmt: skip
def test_the_look_at_a_slide_finds(browser: Browser, change: str, fault: str) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    open_deck(page, "1-mirror-duality")
    page.evaluate("Reveal.slide(document.querySelectorAll('.slides > section').length - 5)")
    slide = "const slide = Reveal.getCurrentSlide(), img = slide.querySelector('img');"
    assert faults(page.evaluate(LOOK)) == []
    page.evaluate(f"() => {{ {slide} {change} }}")
    page.wait_for_timeout(100)
    found = faults(page.evaluate(LOOK))
    assert any(fault in each for each in found)
    page.close()


@pytest.mark.parametrize("deck", DECKS)
def test_on_paper_every_slide_has_its_page(page: Page, deck: str) -> None:
    open_deck(page, deck)
    total = page.evaluate("Reveal.getTotalSlides()")
    open_deck(page, deck, "?print-pdf")
    page.wait_for_selector(".pdf-page")
    outside = page.evaluate("""() => [...document.querySelectorAll(".pdf-page :is(img, p, li, td, h2)")].filter((node) => {
      const [part, paper] = [node, node.closest(".pdf-page")].map((each) => each.getBoundingClientRect());
      return part.bottom > paper.bottom + 1 || part.right > paper.right + 1;
    }).map((node) => node.outerHTML.slice(0, 80))""")
    assert outside == []
    pdf = (SLIDES / f"{deck}.pdf").read_bytes()
    assert page.locator(".pdf-page").count() == total
    assert len(re.findall(rb"/Type /Page\b", pdf)) == total


def test_pages_and_decks_lead_to_each_other(page: Page) -> None:
    for deck, pages in DECKS.items():
        page.goto((SLIDES / f"{deck}.html").as_uri())
        linked = page.locator("main.slides > section:last-of-type a").evaluate_all(
            "links => links.map(link => link.href)"
        )
        assert linked == [
            *((SITE / f"{name}.html").as_uri() for name in pages),
            (SLIDES / "index.html").as_uri(),
        ]
        for name in pages:
            page.goto((SITE / f"{name}.html").as_uri())
            links = page.locator("main > .deck a").evaluate_all(
                "links => links.map(link => link.href)"
            )
            assert links == [
                (SLIDES / f"{other}.html").as_uri()
                for other, of_pages in DECKS.items()
                if name in of_pages
            ]


def test_the_list_of_decks_leads_to_what_is_there(page: Page) -> None:
    page.goto((SLIDES / "index.html").as_uri())
    links = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert {f"{deck}.{kind}" for deck in DECKS for kind in ("html", "pdf")} <= set(links)
    assert [link for link in links if not (SLIDES / link).exists()] == []


def test_sources_of_all_decks_are_known() -> None:
    assert {path.stem for path in (ROOT / "slides").glob("[0-9]*.md")} == set(DECKS)
