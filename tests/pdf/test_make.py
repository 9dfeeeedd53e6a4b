"""A book of two pages, printed: its numbers, outline and links are those of the paper."""

import re
from collections.abc import Sequence

import pytest
from make import make
from pypdf import PdfReader
from pypdf.generic import Destination

PAGE = """<!DOCTYPE html><html lang="ja"><title>{title}</title>
<link rel="canonical" href="https://someone.github.io/book/">
<div id="menu"><nav><ul>
<li><a href="{cover}">甲</a></li><li><a href="b.html">乙</a></li></ul></nav></div>
<article><section id="s"><h1>{title}</h1><section id="t"><h2>{title}の節</h2>
{text}<p><a href="b.html#t">先へ</a></p></section></section></article>
<footer class="site"></footer></html>"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    site = tmp_path_factory.mktemp("site")
    text = "<p>一首の長い文章。</p>" * 150
    (site / "index.html").write_text(
        PAGE.format(title="甲", cover="#", text=text), encoding="utf-8"
    )
    page = PAGE.format(title="乙", cover="index.html", text="")
    (site / "b.html").write_text(page, encoding="utf-8")
    path = site / "pdf" / "book.pdf"
    make(site, path)
    return PdfReader(path)


def outlined(reader: PdfReader) -> dict[str, int]:
    """The page on which each entry of the outline stands, counted from 1."""
    found: dict[str, int] = {}

    def walk(entries: Sequence[object]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            elif isinstance(entry, Destination):
                found[str(entry.title)] = (reader.get_destination_page_number(entry) or 0) + 1

    walk(reader.outline)
    return found


def test_the_outline_has_every_heading(pdf: PdfReader) -> None:
    pages = outlined(pdf)
    assert list(pages) == ["目次", "甲", "甲の節", "乙", "乙の節"]
    assert pages["目次"] == 2 and pages["甲"] == 3 and pages["乙"] > 4


def test_the_contents_say_on_which_page_a_section_stands(pdf: PdfReader) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", pdf.pages[1].extract_text())]
    assert numbers == list(outlined(pdf).values())[1:]


def test_its_words_can_be_searched_and_copied(pdf: PdfReader) -> None:
    assert "一首の長い文章。" in pdf.pages[2].extract_text()


def test_a_link_within_the_book_stays_within_it(pdf: PdfReader) -> None:
    annotations = [link.get_object() for page in pdf.pages for link in page.get("/Annots", [])]
    inside = {link["/Dest"] for link in annotations if "/Dest" in link}
    assert "/b--t" in inside
    assert inside <= {f"/{name.removeprefix('/')}" for name in pdf.named_destinations}
