"""The archive for a class without a network: the same bytes from the same files, and what opens from it."""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from archive import TOP, contents, pack
from playwright.sync_api import Browser, Page, Request, expect
from site_tools import SITE


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A site and a folder of wheels."""
    site, wheels = tmp_path / "site", tmp_path / "wheels"
    for path in (site / "index.html", site / "slides" / "a.html", wheels / "a.whl"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name, encoding="utf-8")
    (site / ".buildinfo").touch()
    return site, wheels


def test_the_same_files_make_the_same_bytes(tmp_path: Path, files: tuple[Path, Path]) -> None:
    pack(contents(*files), tmp_path / "a.zip")
    os.utime(files[0] / "index.html", (0, 0))
    (files[0] / "index.html").chmod(0o600)
    pack(dict(reversed(contents(*files).items())), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_archive_has_book_notebooks_package_and_instructions(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    pack(contents(*files), tmp_path / "a.zip")
    names = {name.removeprefix(f"{TOP}/") for name in ZipFile(tmp_path / "a.zip").namelist()}
    assert names > {
        "README.txt",
        "index.html",
        "slides/a.html",
        "wheels/a.whl",
        "notebooks/mirror.ipynb",
    }
    assert not {name for name in names if "/." in f"/{name}"}


@pytest.fixture(scope="module")
def unpacked(_built: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the built site, unpacked; its wheel is of no matter here."""
    folder = tmp_path_factory.mktemp("room")
    pack(contents(SITE, folder / "no wheels"), folder / "classroom.zip")
    ZipFile(folder / "classroom.zip").extractall(folder)
    return folder / TOP


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A page of a browser without a network, that notes what it complains of."""
    with browser.new_context(offline=True, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("requestfailed", lambda request: complaints.extend(missing(request)))
        yield page


def missing(request: Request) -> list[str]:
    """The address, unless the next page was opened before its answer came."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


def test_as_files_pages_and_decks_open_without_complaint(
    page: Page, unpacked: Path, complaints: list[str]
) -> None:
    for path in [*sorted(unpacked.glob("*.html")), *sorted((unpacked / "slides").glob("*.html"))]:
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        assert complaints == [], path.name


def test_as_files_the_menu_and_the_search_lead_on(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "index.html").as_uri())
    page.locator("#menu nav").get_by_role("link", name="注意", exact=True).click()
    expect(page.locator("h1")).to_have_text("注意")
    page.locator("#menu input").fill("温度")
    page.locator("#menu input").press("Enter")
    page.locator(".results a").first.click()
    assert unquote(page.url).startswith(unpacked.as_uri())
    expect(page.locator("article")).to_contain_text("温度")


def test_as_files_each_part_says_how_it_is_served(page: Page, unpacked: Path) -> None:
    for path in sorted(unpacked.glob("*.html")):
        page.goto(path.as_uri())
        for place in page.locator(".live").all():
            expect(place.locator("[role=status]")).to_contain_text("python -m http.server")
            expect(place.locator("button")).to_be_hidden()


@pytest.fixture(scope="module")
def served(unpacked: Path) -> Iterator[str]:
    """Where `python -m http.server`, run in the folder, has the book."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(unpacked))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_served_a_part_runs(browser: Browser, served: str) -> None:
    page = browser.new_page(reduced_motion="reduce")  # the verse is said at once
    page.goto(f"{served}poems.html")
    page.get_by_role("button", name="聞いてみる").click()
    expect(page.locator(".said button").last).to_have_text("終")
    page.close()
