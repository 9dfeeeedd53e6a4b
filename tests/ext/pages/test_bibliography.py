"""The list of references as it is set, from the book's own bibliography."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from kagami.pages.bibliography import LabelStyle, ListStyle, setup
from pybtex.database import BibliographyData, parse_file, parse_string
from sphinx.application import Sphinx

BIBLIOGRAPHY = Path(__file__).parents[3] / "book" / "references.bib"

READINGS = {
    "wigner1960": "https://doi.org/10.1002/cpa.3160130102",
    "hamming1980": "https://doi.org/10.1080/00029890.1980.11994966",
    "halevy2009": "https://doi.org/10.1109/MIS.2009.36",
    "karpathy2015": "https://karpathy.github.io/2015/05/21/rnn-effectiveness/",
    "yamins2016": "https://doi.org/10.1038/nn.4244",
    "westhuizen2018": "https://arxiv.org/abs/1804.04849",
    "sejnowski2020": "https://doi.org/10.1073/pnas.1907373117",
    "gao2021": "https://medium.com/aquarium-learning/the-unreasonable-effectiveness-of-neural-network-embeddings-93891acad097",
}


@pytest.fixture(scope="module")
def book() -> BibliographyData:
    setup(Mock(spec=Sphinx))
    return parse_file(BIBLIOGRAPHY)


def rendered(data: BibliographyData, backend: str) -> dict[str, str]:
    return {
        entry.key: entry.text.render_as(backend) for entry in ListStyle().format_bibliography(data)
    }


@pytest.mark.parametrize(("key", "address"), READINGS.items())
def test_a_reading_links_to_its_doi_arxiv_or_page(
    book: BibliographyData, key: str, address: str
) -> None:
    assert f'href="{address}"' in rendered(book, "html")[key]
    assert key.endswith(book.entries[key].fields["year"])


def test_an_english_title_keeps_its_capitals(book: BibliographyData) -> None:
    assert "Attention Is All You Need" in rendered(book, "text")["vaswani2017"]


def test_a_japanese_book_is_set_as_in_japan(book: BibliographyData) -> None:
    assert (
        rendered(book, "text")["nietzsche_kiba"]
        == "ニーチェ『善悪の彼岸』，木場深定訳，岩波書店（岩波文庫），1970 年。"
    )


@pytest.mark.parametrize(
    ("authors", "label"),
    [
        ("Wigner, Eugene P.", "Wigner 1960"),
        ("van der Westhuizen, Jos and Lasenby, Joan", "van der Westhuizen & Lasenby 1960"),
        ("Halevy, Alon and Norvig, Peter and Pereira, Fernando", "Halevy et al. 1960"),
        ("浅川伸一", "浅川伸一 1960"),
    ],
)
def test_a_label_names_one_two_or_many_authors(authors: str, label: str) -> None:
    data = parse_string(f"@misc{{key, author = {{{authors}}}, year = 1960}}", "bibtex")
    assert list(LabelStyle().format_labels(data.entries.values())) == [label]
