"""What the tests of the built site share: where it is, and what is done to a page before it is measured."""

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
PAGES = sorted(path.name for path in SITE.glob("*.html")) or ["index.html"]
"""Every page; without a built site one that is not there, so that its tests fail."""
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async ([within, options]) => {
  const { violations } = await axe.run(within, { resultTypes: ["violations"], ...options })
  return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`))
}"""


def violations(page: Page, within: str = "html", **options: object) -> list[str]:
    """What axe finds in the page as it stands, or in a part of it: rule and element."""
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(RUN, [within, options])
    return found


def assert_fits(page: Page) -> None:
    """No barrier in the live part, nothing wider than the page: a light phone and a dark desk."""
    for scheme, width in (("light", 390), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, ".live") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
