"""The page ありえない有能さ and the bibliography must speak of the same eight works."""

import ast
import re
from pathlib import Path

import pytest
from pybtex.database import Entry, parse_file

BOOK = Path(__file__).parents[1] / "book"
KEYS = (
    "wigner1960",
    "hamming1980",
    "halevy2009",
    "karpathy2015",
    "yamins2016",
    "westhuizen2018",
    "sejnowski2020",
    "gao2021",
)


@pytest.fixture(scope="module")
def page() -> str:
    return (BOOK / "unreasonable-effectiveness.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    bibliography = parse_file(BOOK / "references.bib")
    return [bibliography.entries[key] for key in KEYS]


def test_the_listed_works_are_those_of_the_bibliography(page: str, entries: list[Entry]) -> None:
    listed = re.findall(r'^    Work\((\d+), "([^"]+)", "[^"]+"\),$', page, re.MULTILINE)
    expected = [
        (
            entry.fields["year"],
            ", ".join(" ".join(person.prelast_names + person.last_names) for person in people),
        )
        for entry in entries
        for people in [entry.persons["author"]]
    ]
    assert listed == expected


def test_the_listed_titles_are_those_of_the_bibliography(page: str, entries: list[Entry]) -> None:
    titles = re.search(r"^titles = (\(.*?^\))", page, re.MULTILINE | re.DOTALL)
    assert titles
    assert list(ast.literal_eval(titles[1])) == [entry.fields["title"] for entry in entries]


def test_each_work_has_a_section_with_the_lectures_title_and_a_citation(page: str) -> None:
    works = re.findall(r'Work\((\d+), "[^"]+", "([^"]+)"\)', page)
    assert len(works) == len(KEYS)
    for (year, name), key in zip(works, KEYS, strict=True):
        section = page.split(f"\n### {year} 年 {name}\n")[1].split("\n#")[0]
        assert f"{{cite:t}}`{key}`" in section
