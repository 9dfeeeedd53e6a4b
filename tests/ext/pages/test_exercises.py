"""Questions and solutions share a number, and a question keeps what checks its answer."""

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

```{solution} why
理由。
```

```{solution} share
八十一首。
```
"""


def build(folder: Path, page: str) -> Sphinx:
    """A page built with MyST and exercises alone."""
    (folder / "index.md").write_text(page, encoding="utf-8")
    extensions = {
        "extensions": ["myst_parser", "kagami.pages.exercises"],
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
    titles = [title.text for title in page.select(".admonition-title")]
    assert titles == ["練習 1", "手がかり", "練習 2", "解答 2", "解答 1"]
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


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (PAGE + "\n```{exercise} why\nまた。\n```\n", "two exercises are called why"),
        (PAGE + "\n```{solution} who\n誰。\n```\n", "no exercise before this is called who"),
        (PAGE.replace("なぜか。\n", "なぜか。\n:hint: 考える。\n"), "stands before the question"),
        (PAGE.replace(":kind: number\n", ""), "an answer goes with the kind"),
        (PAGE.replace(":answer: 81\n", ""), "an answer goes with the kind"),
    ],
)
def test_what_does_not_go_together_is_said(tmp_path: Path, page: str, words: str) -> None:
    with pytest.raises(Exception, match=words):
        build(tmp_path, page)
