"""The files of the built site: valid HTML, links that lead somewhere, languages told."""

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from kagami.japanese.letters import LETTER
from site_tools import PAGES, ROOT, SITE

ENGLISH = re.compile(r"(?:[A-Za-z][\w'’-]*[,:]? ){3}[A-Za-z]")
"""A run of four words: a passage, not a term."""
FORMAL = ("code", "math", "pre", "script", "style", "svg")


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path: Path) -> set[str]:
    return {str(tag["id"]) for tag in parsed(path).find_all(id=True)}


def test_the_html_is_valid() -> None:
    """By all recommended rules but that of taste: formulas and cards have styles of their own."""
    command = ["npx", "html-validate", *(str(SITE / name) for name in PAGES)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


NO_PROSE = re.compile(r"\bnp\.\w+\(|\btensor\(|\{glue|:(hint|kind|answer):")


def home() -> str:
    """Where the book is on the web, if its cover says so; a page may give an address in full."""
    link = parsed(SITE / "index.html").find("link", rel="canonical")
    return str(link["href"]) if link else ""


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_book_leads_somewhere(name: str) -> None:
    broken = []
    for tag in parsed(SITE / name).find_all(href=True) + parsed(SITE / name).find_all(src=True):
        address = str(tag.get("href") or tag.get("src"))
        parts = urlsplit(address.removeprefix(home()))
        if parts.scheme:
            continue
        file = SITE / name if not parts.path else SITE / unquote(parts.path)
        if file.is_dir():
            file /= "index.html"
        if not file.is_file() or (parts.fragment and unquote(parts.fragment) not in ids(file)):
            broken.append(address)
    assert broken == []


@pytest.mark.parametrize("name", PAGES)
def test_english_passages_say_so(name: str) -> None:
    page = parsed(SITE / name)
    assert page.html and page.html["lang"] == "ja"
    silent = []
    for text in page.find_all(string=ENGLISH):
        assert text.parent
        if not text.find_parent(FORMAL) and language(text.parent) != "en":
            silent.append(text)
    assert silent == []


@pytest.mark.parametrize("name", PAGES)
def test_japanese_is_not_called_english(name: str) -> None:
    english = parsed(SITE / name).find_all(lang="en")
    assert [tag for tag in english if LETTER.search(tag.get_text())] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_repr_and_no_option_of_a_directive_stands_in_the_prose(name: str) -> None:
    found = parsed(SITE / name).find_all(string=NO_PROSE)
    assert [text for text in found if not text.find_parent(["pre", "code"])] == []


def language(tag: Tag) -> str:
    """What the tag, or the nearest around it that says so, is written in."""
    told = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    assert told
    return str(told["lang"])
