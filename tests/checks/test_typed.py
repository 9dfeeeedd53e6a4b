"""A number typed into the prose is found; what sets a task, names a place or was glued is not."""

from pathlib import Path

import pytest
from emphasis import book_parser
from markdown_it import MarkdownIt
from typed import ON_PAGE, main, typed

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def parser() -> MarkdownIt:
    return book_parser()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("正解率は 97 % だった。", 1),
        ("正解率は ９７ % だった。", 1),
        ("題\n\n損失は 0.4 nat である。", 3),
        ("一首も唱えない，つまり 0 首である。", 1),
        ("- 箇条\n- 平均で 3.5 文字", 2),
        ("| 表 |\n| --- |\n| 98 |", 3),
        ("{glue:text}`x` 首のうち 81 首を唱えた。", 1),
        ("```{note}\n一行目\n\n60 歩で覚える。\n```", 4),
        ("```{revealjs-notes}\n60 歩で覚えます。\n```", 2),
        (
            "```{code-cell} python\n---\nmystnb:\n  figure:\n    caption: |\n      60 歩の図\n---\n```",
            1,
        ),
        ("```{code-cell} python\n---\nmystnb:\n  image:\n    alt: 60 歩で終わる線\n---\n```", 1),
    ],
)
def test_a_typed_number_is_found(parser: MarkdownIt, text: str, line: int) -> None:
    assert [found for found, _ in typed(text, parser)] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "百首のうち九十首を，二つのヘッドで覚える。",
        "{glue:text}`x` 首のうち `steps=120` 歩，$d = 64$ である。",
        "平均 0，分散 1 にそろえる。",
        "2009 年の主張は，表 3.11 と練習 2，6 にある。",
        "その 95 % {term}`信頼区間`は広い。",
        "[120 回の記録](https://example.org/120)",
        "1. 一つ目\n2. 二つ目",
        "```{exercise} mirror-2\n:kind: number\n:answer: 81\n98.5 % の割合で答える。\n```",
        "```{solution} mirror-2\n答えは 81 % である。\n```",
        "```python\nsteps = 120\n```",
        "```{code-cell} python\nsteps = 120\n```",
        "```{math}\nx + 12\n```",
    ],
)
def test_what_is_no_outcome_is_left_alone(parser: MarkdownIt, text: str) -> None:
    assert list(typed(text, parser)) == []


def test_what_a_page_sets_is_allowed_on_that_page_alone(parser: MarkdownIt) -> None:
    assert not list(typed("偶然なら 50 % である。", parser, "evaluation"))
    assert list(typed("偶然なら 50 % である。", parser, "mirror"))


def test_no_page_is_listed_that_needs_it_no_more(parser: MarkdownIt) -> None:
    for page in ON_PAGE:
        (path, *_) = [*ROOT.glob(f"book/{page}.md"), *ROOT.glob(f"slides/{page}.md")]
        assert list(typed(path.read_text(encoding="utf-8"), parser)), page


def test_the_command_names_file_and_line(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text("百首を唱える。", encoding="utf-8")
    bad.write_text("# 題\n\n正解率は 97 % だった。", encoding="utf-8")
    with pytest.raises(SystemExit) as success:
        main([str(good)])
    assert not success.value.code
    with pytest.raises(SystemExit) as failure:
        main([str(good), str(bad)])
    assert failure.value.code == f"{bad}:3: a number that is typed: 正解率は 97 % だった。"
