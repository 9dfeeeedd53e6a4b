from pathlib import Path

import pytest
from emphasis import book_parser, main, stars
from markdown_it import MarkdownIt


@pytest.fixture(scope="module")
def parser() -> MarkdownIt:
    return book_parser()


@pytest.mark.parametrize(
    "text",
    [
        "これは **強調** である。",
        "これは**強調**である。",
        "星 2 \\* 3 である。",
        "`2 ** 3` と $a * b$ と\n\n$$\na * b\n$$",
        "```python\n2 ** 3\n```",
        "```{code-cell} python\nf(*args, **options)\n```",
        "```{math}\na * b\n```",
        "```{toctree}\n:glob:\n\n[0-9]*\n```",
        "{doc}`a*b`",
        "* 箇条\n* 書き\n\n***\n",
    ],
)
def test_emphasis_code_and_formulas_are_left_alone(parser: MarkdownIt, text: str) -> None:
    assert list(stars(text, parser)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("これは**「語」**と言う。", 1),
        ("一段落目。\n\n次は*（語）*と言う。", 3),
        ("# 題\n\n- 箇条の**「語」**と", 3),
        ("| 表 |\n| --- |\n| の**「語」**と |", 3),
        ("```{note}\n一行目\n\nの**「語」**と\n```", 4),
        ("前\n\n:::{note}\nの**「語」**と\n:::", 4),
        ("````{note}\n```{tip}\nの**「語」**と\n```\n````", 3),
        ("```{admonition} の**「語」**と\n中身\n```", 1),
        (
            "```{code-cell} python\n---\nmystnb:\n  figure:\n    caption: |\n"
            "      の**「語」**と\n---\nx = 1\n```",
            1,
        ),
    ],
)
def test_stars_that_readers_see_are_found(parser: MarkdownIt, text: str, line: int) -> None:
    assert [found for found, _ in stars(text, parser)] == [line]


def test_the_command_names_file_and_line(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text("**良い**", encoding="utf-8")
    bad.write_text("# 題\n\nの**「語」**と", encoding="utf-8")
    with pytest.raises(SystemExit) as success:
        main([str(good)])
    assert not success.value.code
    with pytest.raises(SystemExit) as failure:
        main([str(good), str(bad)])
    assert failure.value.code == f"{bad}:3: emphasis that is not one: の**「語」**と"
