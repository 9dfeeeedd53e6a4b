"""The page on the state of the book: what it lists, and that it stands nowhere else."""

from importlib.metadata import version

import pytest
from bs4 import BeautifulSoup
from kagami.notebooks.repository import current
from notebook_tools import CONFIGURED, ROOT

SITE = ROOT / "_build" / "html"


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return BeautifulSoup((SITE / "state.html").read_bytes(), "html.parser")


def rows(page: BeautifulSoup, number: int) -> list[list[str]]:
    """The cells of a table of the page, its head apart."""
    body = page.select("tbody")[number]
    return [[cell.get_text() for cell in row.select("td")] for row in body.select("tr")]


def test_each_page_with_code_has_its_time_and_came_to_its_end(page: BeautifulSoup) -> None:
    *pages, total = rows(page, 0)
    links = [str(link["href"]) for link in page.select("td a")]
    notebooks = {path.with_suffix(".html").name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert set(links) == notebooks
    assert len(pages) == len(links)
    assert {status for _, _, status in pages} == {"終わりまで動いた"}
    seconds = [float(time.removesuffix("\u00a0秒")) for _, time, _ in pages]
    assert min(seconds) > 0
    assert abs(sum(seconds) - float(total[1].removesuffix("\u00a0秒"))) < 1


def test_the_versions_are_those_that_are_installed(page: BeautifulSoup) -> None:
    found = dict(rows(page, 1))
    assert found["torch"] == version("torch")
    assert found["原稿の版"] != "不明"
    repository = current(CONFIGURED)
    assert found["リポジトリ"].startswith("まだない" if repository.placeholder else repository.url)


def test_what_differs_between_builds_cannot_be_searched(page: BeautifulSoup) -> None:
    index = (SITE / "search-index.js").read_text(encoding="utf-8")
    assert "本の状態" in index
    assert rows(page, 0)[0][2] not in index
    assert rows(page, 1)[0][1] not in index
