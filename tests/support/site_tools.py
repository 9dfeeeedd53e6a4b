"""What the tests of the built site share: where it is, and what is done to a page before it is measured."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
PAGES = sorted(path.name for path in SITE.glob("*.html")) or ["index.html"]
"""Every page; without a built site one that is not there, so that its tests fail."""
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"
