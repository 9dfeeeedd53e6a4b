"""Questions and solutions share a number, and a question keeps what checks its answer."""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

PAGE = """# 頁

```{exercise} share
:kind: number
:answer: 81
:tolerance: 0.5
:hint: 十四回*掛ける*。
何首か。
```

```{exercise} why
なぜか。
```

```{predict} which
:answer: 2
どちらか。

1. 左
2. 右
```

図。

```{solution} which
見たとおり。

1. 逆である。
2. そのとおり。
```

```{question} whether
:kind: choice
:answer: 1
そうか。

1. はい
2. いいえ
```

```{solution} why
理由。
```

```{solution} whether
そうだ。

1. よい。
2. よくない。
```

```{solution} share
八十一首。
```
"""


def build(folder: Path, page: str) -> Sphinx:
    """A page built with MyST and exercises alone, in the book's HTML."""
    (folder / "index.md").write_text(page, encoding="utf-8")
    extensions = {
        "extensions": ["myst_parser", "kagami.pages.exercises", "kagami.pages.html5"],
        "language": "ja",
        "source_suffix": {".md": "markdown"},
    }
    with docutils_namespace():
        app = Sphinx(
            *(folder, None, folder / "html", folder / "doctrees", "html", extensions),
            status=None,
            warningiserror=True,
        )
        app.build()
    return app


def test_questions_and_solutions_have_the_numbers_of_the_page(tmp_path: Path) -> None:
    build(tmp_path, PAGE)
    page = BeautifulSoup((tmp_path / "html" / "index.html").read_text("utf-8"), "html.parser")
    titles = [title.text for title in page.select(".admonition-title, summary")]
    exercises, questions = ["練習 1", "手がかり", "練習 2"], ["予想 1", "予想 1 と比べる", "問い 1"]
    assert titles == [*exercises, *questions, "解答 2", "問い 1 の答え", "解答 1"]
    (question,) = page.select("#exercise-share")
    assert question.select_one("em") is not None


def test_what_checks_an_answer_stays_with_the_question(tmp_path: Path) -> None:
    doctree = build(tmp_path, PAGE).env.get_doctree("index")
    checks = [node["check"] for node in doctree.findall(nodes.admonition) if "check" in node]
    assert checks[0]["name"] == "share"
    assert checks[0]["kind"] == "number"
    assert checks[0]["answer"] == "81"
    assert checks[0]["tolerance"] == 0.5
    assert checks[1] == {"name": "why"}
    assert checks[2] == {"name": "which", "kind": "choice", "answer": "2"}


def test_the_page_can_check_what_it_does_not_show(tmp_path: Path) -> None:
    build(tmp_path, PAGE)
    page = BeautifulSoup((tmp_path / "html" / "index.html").read_text("utf-8"), "html.parser")
    checked = {node["id"]: str(node["data-check"]) for node in page.select("[data-check]")}
    assert list(checked) == ["exercise-share", "exercise-which", "exercise-whether"]
    share = json.loads(b64decode(checked["exercise-share"]))
    assert share == {"kind": "number", "answer": "81", "tolerance": 0.5}
    assert "81" not in str(page.select_one("#exercise-share"))
    assert (tmp_path / "html" / "_static" / "live" / "quiz.js").exists()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (PAGE + "\n```{exercise} why\nまた。\n```\n", "two exercises are called why"),
        (PAGE + "\n```{solution} who\n誰。\n```\n", "no exercise before this is called who"),
        (PAGE.replace("なぜか。\n", "なぜか。\n:hint: 考える。\n"), "stands before the question"),
        (PAGE.replace(":kind: number\n", ""), "an answer goes with the kind"),
        (PAGE.replace(":answer: 81\n", ""), "an answer goes with the kind"),
        (PAGE.replace("2. よくない。\n", ""), "whether: of 2 choices, .* explains 1"),
        (PAGE.replace("{solution} which\n", "{note}\n"), "which: of 2 choices, .* explains 0"),
        (PAGE.replace(":answer: 2\n", ":answer: 3\n"), "which: no choice is the answer"),
        (PAGE.replace("図。\n\n", ""), "which: nothing to be predicted"),
    ],
)
def test_what_does_not_go_together_is_said(tmp_path: Path, page: str, words: str) -> None:
    with pytest.raises(Exception, match=words):
        build(tmp_path, page)
