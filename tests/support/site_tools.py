"""What the tests of the built site share: where it is, and what is done to a page before it is measured."""

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
PAGES = sorted(path.name for path in SITE.glob("*.html")) or ["index.html"]
"""Every page; without a built site one that is not there, so that its tests fail."""
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async ([within, only]) => {
  const options = { resultTypes: ["violations"], ...(only && { runOnly: only }) }
  const { violations } = await axe.run(within, options)
  return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`))
}"""


def violations(page: Page, within: str = "html", only: list[str] | None = None) -> list[str]:
    """What axe finds in the page as it stands, or in a part of it: rule and element.

    By all rules, or by `only` some.
    """
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(RUN, [within, only])
    return found


def assert_fits(page: Page) -> None:
    """No barrier in the live part, nothing wider than the page: a light phone and a dark desk."""
    for dark, width in ((False, 390), (True, 1280)):
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, ".live") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
