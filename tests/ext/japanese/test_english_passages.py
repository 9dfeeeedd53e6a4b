import re
from collections.abc import Callable

import pytest

Build = Callable[..., str]


def paragraph(build: Build, source: str) -> str:
    html = build(f"# 題\n\n{source}\n", "myst_parser", "kagami.japanese.english_passages")
    found = re.search("<p.*?</p>", html, re.DOTALL)
    assert found
    return found[0]


def test_a_paragraph_in_english_says_so(build: Build) -> None:
    assert paragraph(build, "Attention is all.") == '<p lang="en">Attention is all.</p>'


@pytest.mark.parametrize(
    "source", ["注意（attention）である。", "`code is not a language`", "1 + 2"]
)
def test_a_term_or_code_is_not_a_passage(build: Build, source: str) -> None:
    assert "lang=" not in paragraph(build, source)


def test_a_passage_within_japanese_says_so(build: Build) -> None:
    source = "論文 Attention Is All You Need と *The Unreasonable Effectiveness of Data* を読む。"
    assert paragraph(build, source) == (
        '<p>論文 <span lang="en">Attention Is All You Need</span> と '
        '<em><span lang="en">The Unreasonable Effectiveness of Data</span></em> を読む。</p>'
    )
