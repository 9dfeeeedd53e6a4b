"""The decks of slides, as `make slides` has built them, in a real browser at 1280 × 720."""

import re
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from kagami.pages.decks import DECKS
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
SLIDES = SITE / "slides"
WIDTH, HEIGHT = 1280, 720
READABLE = 18
"""Pixels that a label has at least, for those who sit in the last row."""
LABEL = re.compile(r"scale\((0\.\d+) -\1\)")
"""How matplotlib sets a label, as outlines of a hundredth of its points."""

# What stands on the slide that is shown, with its box; and what of it does not fit.
LOOK = """() => {
  const words = slide => {
    const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) {
      const {parentElement: node, data} = texts.currentNode;
      if (data.trim() && node.checkVisibility() && !node.closest("math, .notes")) {
        found.push([data.trim(), parseFloat(getComputedStyle(node).fontSize) * node.currentCSSZoom]);
      }
    }
    return found;
  };
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
      alt: node.alt, loaded: node.complete && node.naturalWidth > 0, area: node.clientWidth * node.clientHeight,
      source: node.src, scale: Math.min(node.clientWidth / node.naturalWidth, node.clientHeight / node.naturalHeight)})),
    small: words(slide).filter(([, size]) => size < 18).map(([text, size]) => `${size} px: ${text}`),
    wide: wide.map((node) => node.outerHTML.slice(0, 80)),
    below: slide.scrollHeight > slide.clientHeight + 1,
  };
}"""

LIVE = [
    (deck, part)
    for deck in DECKS
    for part in re.findall(r"\{live\} (\w+)", (ROOT / "slides" / f"{deck}.md").read_text("utf-8"))
]
"""The parts that run on slides."""


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
    found += [f"too small to read: {words}" for words in slide["small"]]
    for image in slide["images"]:
        found += [f"a label of {size:.0f} px" for size in labels(image) if size < READABLE]
        found += [] if image["loaded"] else ["an image was not loaded"]
        found += [] if image["area"] > 0.1 * WIDTH * HEIGHT else ["an image is too small to see"]
        found += [] if image["alt"] else ["an image has no text in its place"]
    return [f"{slide['title']}: {fault}" for fault in found]


def labels(image: dict[str, Any]) -> set[float]:
    """How high the labels of a drawing are on the slide, in pixels."""
    drawing = Path(url2pathname(urlsplit(image["source"]).path))
    if not image["loaded"] or drawing.suffix != ".svg":
        return set()
    pixels_a_point = image["scale"] * 96 / 72
    sizes = LABEL.findall(drawing.read_text(encoding="utf-8"))
    return {100 * float(size) * pixels_a_point for size in sizes}


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
        ("img.style.display = 'none'", "too small to see"),
        ("img.style.height = '320px'", "a label of"),
        ("slide.querySelector('p').style.fontSize = '17px'", "too small to read"),
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


@pytest.mark.parametrize("deck", DECKS)
def test_the_teachers_print_has_the_notes_below_each_slide(page: Page, deck: str) -> None:
    open_deck(page, deck)
    texts = [slide["notes"] for slide in slides(page)]
    sheets = list(PdfDocument(SLIDES / f"{deck}-notes.pdf"))
    assert len(sheets) == len(texts)
    for sheet, notes in zip(sheets, texts, strict=True):
        printed = re.sub(r"\s", "", sheet.get_textpage().get_text_range())
        assert re.sub(r"\s", "", notes)[-20:] in printed


@pytest.mark.parametrize("deck", DECKS)
def test_the_handout_has_three_slides_a_page(page: Page, deck: str) -> None:
    open_deck(page, deck)
    titles = [slide["title"] for slide in slides(page)]
    sheets = list(PdfDocument(SLIDES / f"{deck}-handout.pdf"))
    assert len(sheets) == ceil(len(titles) / 3)
    first = re.sub(r"\s", "", sheets[1].get_textpage().get_text_range())
    assert all(re.sub(r"\s", "", title) in first for title in titles[3:6])


def show(page: Page, part: str) -> None:
    """Go to the slide of a part."""
    page.wait_for_function("Reveal.isReady()")
    page.evaluate(
        """part => {
          const {h, v} = Reveal.getIndices(document.querySelector(`#live-${part}`).closest("section"));
          Reveal.slide(h, v);
        }""",
        part,
    )


@pytest.mark.parametrize(("deck", "part"), LIVE)
def test_a_part_runs_on_its_slide(browser: Browser, address: str, deck: str, part: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(f"slides/{deck}.html")
    show(page, part)
    page.locator(f"#live-{part} > p > button").click()
    page.locator(f"#live-{part} > .part").wait_for()
    seen = page.evaluate(LOOK)
    assert (seen["small"], seen["wide"]) == ([], [])
    page.close()


def test_what_is_typed_into_a_part_turns_no_slide(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": WIDTH, "height": HEIGHT})
    page.goto("slides/6-one-class.html")
    show(page, "listen")
    page.get_by_role("button", name="聞いてみる").click()
    before = page.evaluate("[Reveal.getSlidePastCount(), Reveal.getTotalSlides()]")
    page.get_by_label("聞かせる言葉").fill("")
    page.keyboard.type("mus n")
    page.keyboard.press("Backspace")
    assert page.evaluate("[Reveal.getSlidePastCount(), Reveal.getTotalSlides()]") == before
    assert page.get_by_label("聞かせる言葉").input_value() == "mus "
    page.close()


def test_a_part_that_cannot_run_says_so(browser: Browser) -> None:
    page = browser.new_page()
    page.goto((SLIDES / "6-one-class.html").as_uri())
    show(page, "listen")
    page.get_by_role("button", name="聞いてみる").click()
    page.get_by_text("ここでは動かない。").wait_for()
    page.close()


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
