from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from chihaya import load_poems
from fontTools.ttLib import TTFont
from kagami.japanese.faces import Shown, collect, italic
from sphinx.application import Sphinx


def shown(body: str, builder: str = "html") -> Shown:
    found: Shown = defaultdict(set)
    context = {"body": body, "title": "頁", "docstitle": "鏡"}
    app = Mock(spec=Sphinx, builder=Mock())
    app.builder.name = builder
    collect(found, app, "page", "page.html", context, None)
    return found


def test_the_face_of_formulas_has_their_characters_and_the_root_sign() -> None:
    assert shown("<p>語<math><mi>d</mi></math></p>")["math"] == {"d"}
    assert shown("<math><msqrt><mi>d</mi></msqrt></math>")["math"] == {"d", "√"}


def test_the_face_of_titles_has_the_characters_of_titles_alone() -> None:
    body = '<h1 class="first">甲 <code>&lt;a&gt;</code></h1><h2>乙</h2><p>丙</p>'
    assert shown(body)["mincho-titles"] == set("鏡甲 <a>")


def test_on_slides_every_heading_and_every_question_is_set_in_the_face_of_titles() -> None:
    body = '<h1>甲</h1><h2>乙</h2><p class="admonition-title">問</p><p>丙</p>'
    assert shown(body, "revealjs")["mincho-titles"] == set("甲乙問本で読む")


def test_the_face_of_poems_has_the_characters_of_the_cards() -> None:
    body = '<figure class="wide karuta"><p>秋</p></figure><figure><p>図</p></figure>'
    assert shown(body)["mincho-poems"] == {"秋"}


@pytest.mark.parametrize(("letter", "expected"), [("x", "𝑥"), ("h", "ℎ"), ("α", "𝛼"), ("1", "1")])
def test_a_browser_shows_a_lone_letter_as_italic(letter: str, expected: str) -> None:
    assert italic(letter) == expected


def test_each_face_is_written_with_its_licence(build: Callable[..., str], tmp_path: Path) -> None:
    build(
        "# 鏡\n\n$x$\n",
        "myst_parser",
        "kagami.japanese.faces",
        "kagami.pages.equations",
        myst_enable_extensions=["dollarmath"],
        html_math_renderer="temml",
        html_title="題",
    )
    static = tmp_path / "_build" / "html" / "_static"
    titles = TTFont(static / "mincho-titles.woff2").getBestCmap()
    formulas = TTFont(static / "math.woff2").getBestCmap()
    assert {chr(code) for code in titles} >= set("鏡題")
    assert len(titles) < 50  # of 20,000
    assert ord("𝑥") in formulas
    kana = TTFont(static / "mincho-kana.woff2").getBestCmap()
    assert {chr(code) for code in kana} >= {*"".join(poem.shimo_kana for poem in load_poems())}
    assert {path.name for path in static.glob("*-licence.txt")} == {
        "mincho-titles-licence.txt",
        "mincho-kana-licence.txt",
        "math-licence.txt",
    }
