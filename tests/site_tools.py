"""What the tests of the built site share: where it is, a server for it, a browser."""

import gzip
import shutil
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
PAGES = sorted(path.name for path in SITE.glob("*.html")) or ["index.html"]
"""Every page; without a built site one that is not there, so that its tests fail."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
INSTALL = "apt-get install chromium (as root), or: .venv/bin/playwright install chromium"
UNFOLD = "for (const details of document.querySelectorAll('details')) details.open = true"
COMPRESSED = {".html", ".css", ".js", ".svg", ".xml", ".json", ".txt"}


def executable(chromium: BrowserType) -> str:
    """The path of Debian's browser or of Playwright's own; the test fails where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), chromium.executable_path)
    if not Path(found).exists():
        pytest.fail(f"no browser is installed: {INSTALL}", pytrace=False)
    return found


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the site as a host of static pages does: text compressed by gzip."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args, directory=str(SITE))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in COMPRESSED or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: what fails is seen in the browser."""
