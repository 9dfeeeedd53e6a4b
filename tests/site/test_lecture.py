"""Every element of the lecture (DaSiC 7, 2023) has its place in the built book.

What each heading, figure, equation, link and reading is, in this project's own words; the
figures' values are held by the tests of the package.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

SITE = Path(__file__).parents[2] / "_build" / "html"
ARXIV = "https://arxiv.org/abs"
DOI = "https://doi.org"

HEADINGS = [
    ("index", "鏡を覗いてみると"),
    ("duality", "双対性"),
    ("duality", "ソフトマックス関数（softmax）は何を最大にするか"),
    ("attention", "注意"),
    ("transformer", "Transformer"),
    ("attention", "なぜ文のベクトルか"),
    ("attention", "① matmul：似ているかを測る"),
    ("attention", "② scale：幅によらない大きさにする"),
    ("attention", "③ mask：見てはならないものを隠す"),
    ("attention", "④ softmax：得点を重みにする"),
    ("attention", "全体は PyTorch と同じか"),
    ("positional-encoding", "位置符号化"),
    ("positional-encoding", "先へ進むことは回すこと"),
    ("chihaya", "実習 ちはやふる Transformer"),
    ("mirror", "鏡に映った答え"),
    ("evaluation", "性能評価"),
    ("unreasonable-effectiveness", "ありえない有能さ"),
]

# Page, label, and what the alternative text must speak of.
FIGURES = [
    ("attention", "fig-attention-steps", "scale"),
    ("attention", "fig-attention-multi-head", "ヘッド"),
    ("transformer", "fig-transformer-model", "符号器"),
    ("attention", "fig-attention-matmul", "転置"),
    ("attention", "fig-attention-scale", "得点"),
    ("attention", "fig-attention-variance", "分散"),
    ("attention", "fig-attention-mask", "負の無限大"),
    ("attention", "fig-attention-softmax", "重み"),
    ("positional-encoding", "fig-pe-curves", "位置"),
    ("positional-encoding", "fig-pe-heat-map", "成分"),
    ("chihaya", "fig-chihaya-training", "損失"),
    ("chihaya", "fig-chihaya-attention", "下の句"),
    ("mirror", "fig-mirror-copier", "暗唱"),
    ("evaluation", "fig-evaluation-law", "対数目盛り"),
    ("unreasonable-effectiveness", "fig-works-timeline", "年表"),
]

EQUATIONS = [
    ("duality", "eq-softmax", ("softmax", "e", "∑")),
    ("attention", "eq-attention", ("softmax", "Q", "K")),
    ("positional-encoding", "eq-pe-sin", ("PE", "sin", "10000", "model")),
    ("positional-encoding", "eq-pe-cos", ("PE", "cos", "10000", "model")),
    ("evaluation", "eq-evaluation-law", ("y", "a", "N", "b")),
]

# Followed from the page, or from the entry that the page cites.
LINKS = [
    ("index", "https://sites.google.com/view/dasic7-2023"),
    (
        "index",
        "https://ds.cc.yamaguchi-u.ac.jp/~math/toybox/polyhedron_soral/explanation/037_4.html",
    ),
    ("duality", "https://dp4ml.github.io/cfp/"),
    (
        "mirror",
        "https://colab.research.google.com/github/ShinAsakawa/ShinAsakawa.github.io/blob/master/"
        "2023notebooks/2023_1113chihaya_Transformer.ipynb",
    ),
    ("attention", f"{ARXIV}/1706.03762"),
    ("positional-encoding", f"{ARXIV}/1706.03762"),
    ("evaluation", f"{ARXIV}/2005.14165"),
]

# The year, how the lecture calls it, and where it is read.
READINGS = [
    (1960, "自然科学における数学のありえない有能さ", f"{DOI}/10.1002/cpa.3160130102"),
    (1980, "数学のあり得ない有能さ", f"{DOI}/10.1080/00029890.1980.11994966"),
    (2009, "データのありえない有能さ", f"{DOI}/10.1109/MIS.2009.36"),
    (
        2015,
        "リカレントニューラルネットワークのあり得ない有能さ",
        "https://karpathy.github.io/2015/05/21/rnn-effectiveness/",
    ),
    (2016, "工学のあり得ない有能さ", f"{DOI}/10.1038/nn.4244"),
    (2018, "忘却ゲートのあり得ない有能さ", f"{ARXIV}/1804.04849"),
    (2020, "人工知能のあり得ない有能さ", f"{DOI}/10.1073/pnas.1907373117"),
    (
        2021,
        "ニューラルネットワーク埋め込みのあり得ない有能さ",
        "https://medium.com/aquarium-learning/"
        "the-unreasonable-effectiveness-of-neural-network-embeddings-93891acad097",
    ),
]


@cache
def article(page: str) -> Tag:
    """What a page of the built book says, its frame apart."""
    path = SITE / f"{page}.html"
    assert path.exists(), f"{path} is missing: run `make book`"
    found = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").article
    assert found
    return found


def addresses(part: Tag) -> set[str]:
    """Where the links of a part of a page lead, through its citations, too."""
    links = {str(link["href"]) for link in part.select("a[href]")}
    for link in set(links):
        name, _, anchor = link.partition("#")
        if name == "references.html":
            links |= addresses(element("references", anchor))
    return links


def element(page: str, identifier: str) -> Tag:
    found = article(page).find(id=identifier)
    assert isinstance(found, Tag), f"nothing on {page} has the id {identifier}"
    return found


@pytest.mark.parametrize(("page", "heading"), HEADINGS)
def test_heading(page: str, heading: str) -> None:
    assert heading in [found.get_text() for found in article(page).select("h1, h2, h3")]


@pytest.mark.parametrize(("page", "label", "word"), FIGURES)
def test_figure_with_caption_and_alternative_text(page: str, label: str, word: str) -> None:
    figure = element(page, label)
    image = figure.select_one("img")
    assert image
    assert (SITE / str(image["src"])).exists()
    assert word in str(image["alt"])
    assert figure.figcaption
    assert re.match(r"図 \d+ .", figure.figcaption.get_text(strip=True, separator=" "))


@pytest.mark.parametrize("page", ["index", "duality"])
def test_five_pairs_of_dual_polyhedra_move_side_by_side(page: str) -> None:
    drawings = article(page).select(".dual-polyhedra svg[role=img]")
    assert [drawing["aria-label"] for drawing in drawings] == [
        "正四面体の中に正四面体",
        "正六面体の中に正八面体",
        "正八面体の中に正六面体",
        "正十二面体の中に正二十面体",
        "正二十面体の中に正十二面体",
    ]
    assert all(drawing.select("animate[values]") for drawing in drawings)


@pytest.mark.parametrize(("page", "label", "parts"), EQUATIONS)
def test_numbered_equation(page: str, label: str, parts: tuple[str, ...]) -> None:
    equation = element(page, f"equation-{label}")
    mathematics = equation.select_one("math")
    number = equation.select_one(".eqno")
    assert mathematics and number
    assert re.fullmatch(r"\(\d+\)", number.get_text())
    tokens = [token.get_text() for token in mathematics.select("mi, mn, mo")]
    assert [part for part in parts if part not in tokens] == []


@pytest.mark.parametrize(("page", "address"), LINKS)
def test_link(page: str, address: str) -> None:
    assert address in addresses(article(page))


@pytest.mark.parametrize(("year", "name", "address"), READINGS)
def test_reading(year: int, name: str, address: str) -> None:
    headings = article("unreasonable-effectiveness").select("h3")
    [heading] = [heading for heading in headings if heading.get_text() == f"{year} 年 {name}"]
    assert isinstance(heading.parent, Tag)
    assert address in addresses(heading.parent)
    assert len(heading.parent.get_text()) > 100


def test_the_reading_without_the_phrase_is_named() -> None:
    output = article("unreasonable-effectiveness").select_one(".cell_output")
    assert output
    assert "元の題にこの言葉を持たないもの" in output.get_text()
    assert "2016" in output.get_text()


def test_title_author_event_and_epigraph_open_the_book() -> None:
    cover = article("index")
    for credit in ("浅川伸一", "DaSiC 7", "機械学習からみた言語モデルの鏡"):
        assert credit in cover.get_text()
    quotation = cover.blockquote
    assert quotation
    assert "深淵もまた君を覗き込む" in quotation.get_text()
    for source in ("ニーチェ", "善悪の彼岸", "146", "木場深定", "岩波書店", "120"):
        assert source in quotation.get_text()


def test_the_book_is_in_japanese() -> None:
    for path in SITE.glob("*.html"):
        assert '<html lang="ja"' in path.read_text(encoding="utf-8"), path.name
