"""The table of sections: whose they are, how hard, and minutes that follow what is on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from kagami.pages.section_times import LETTERS, LINE, LOOK, SITTING, Rest, rest, seconds
from sphinx.errors import ExtensionError

Build = Callable[..., str]
EXTENSIONS = ("myst_nb", "kagami.pages.exercises", "kagami.pages.section_times")
LONG = (
    "# 題\n\n## 長い節\n\n{}\n\n## 短い節\n\n文。\n\n## 確かめる\n\n```{{question}} a-0\n問い。\n```\n\n"
    "## 練習\n\n```{{exercise}} a-1\n問い。\n```\n"
)
PAGE = "# 表\n\n```{{toctree}}\na\n```\n\n```{{section-times}}\n{}\n```\n"


@pytest.fixture
def book(build: Build, tmp_path: Path) -> Callable[[str], BeautifulSoup]:
    """A page with these sections and levels beside another that has them."""

    def book(levels: str) -> BeautifulSoup:
        (tmp_path / "a.md").write_text(LONG.format("字" * 10 * LETTERS), encoding="utf-8")
        html = build(PAGE.format(levels), *EXTENSIONS, nb_execution_mode="off")
        return BeautifulSoup(html, "html.parser")

    return book


def test_each_section_has_its_link_its_level_and_its_minutes(
    book: Callable[[str], BeautifulSoup],
) -> None:
    table = book("a:\n  長い節: 難\n  短い節: 易").select("tbody")[0]
    rows = [[cell.get_text() for cell in row.select("td")] for row in table.select("tr")]
    assert rows == [
        ["題（練習 1 題）", "", "10\u00a0分"],
        ["長い節", "難", "10\u00a0分"],
        ["短い節", "易", "1\u00a0分"],
    ]
    assert next(str(link["href"]) for link in table.select("a")) == "a.html"


@pytest.mark.parametrize("levels", ["a:\n  長い節: 難", "a:\n  短い節: 易\n  長い節: 難"])
def test_sections_that_are_not_the_pages_stop_the_build(
    book: Callable[[str], BeautifulSoup], levels: str
) -> None:
    with pytest.raises(ExtensionError, match="the sections of a are"):
        book(levels)


def test_another_level_stops_the_build(book: Callable[[str], BeautifulSoup]) -> None:
    with pytest.raises(Exception, match="not one of"):
        book("a:\n  長い節: 最難")


def cell(source: str, output: str, hide_mode: str | None = None) -> nodes.container:
    """A cell as myst-nb makes it."""
    code = nodes.container("", nodes.literal_block(source, source), nb_element="cell_code_source")
    shown = nodes.container("", nodes.paragraph("", output), nb_element="cell_code_output")
    made = nodes.container("", code, shown, nb_element="cell_code")
    if hide_mode:
        made["hide_mode"] = hide_mode
    return made


@pytest.mark.parametrize(
    ("hide_mode", "expected"), [(None, 2 * LINE + LOOK), ("input", LOOK), ("all", 0)]
)
def test_what_is_folded_takes_no_time(hide_mode: str | None, expected: float) -> None:
    assert seconds(cell("a = 1\nb = 2", "長い出力", hide_mode)) == expected


def test_exercises_and_solutions_are_not_read() -> None:
    for name in ("exercise", "dropdown"):
        assert seconds(nodes.admonition("", nodes.paragraph("", "問い"), classes=[name])) == 0
    assert seconds(nodes.admonition("", nodes.paragraph("", "注"), classes=["note"])) > 0


def chapter(*lengths: int) -> nodes.document:
    """A page whose sections take so many minutes."""
    page = new_document("a")
    whole = nodes.section("", nodes.title("題", "題"), ids=["whole"])
    page += whole
    for n, length in enumerate(lengths):
        text = "字" * (length * LETTERS - 2)  # the title has two letters
        whole += nodes.section(
            "", nodes.title("", f"節{n}"), nodes.paragraph("", text), ids=[f"s{n}"]
        )
    return page


def test_a_long_chapter_has_a_place_to_rest_where_its_halves_are_most_alike() -> None:
    assert rest(chapter(4, 9, 8, 6)) == Rest("節2", "s2", "13\u00a0分", "14\u00a0分")
    assert rest(chapter(30, 5)) == Rest("節1", "s1", "30\u00a0分", "5\u00a0分")
    assert rest(chapter(SITTING - 1)) is None
