"""The exercises of a page, as they are asked elsewhere: what checks them, and without solutions."""

import json
from pathlib import Path

import pytest
from kagami.notebooks.repository import Repository
from notebook_tools import build_notebooks, markdown, read

FORK = Repository("https://github.com/fork/book", "words")
HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""
EXERCISES = """# 頁

```{exercise} how-many
:kind: number
:answer: 81
:tolerance: 0.5
:hint: $3^4$ を*計算*する。
何首か。
```

```{exercise} which
:kind: choice
:answer: 2
二つのうち，どれか。

1. 二つ
2. 一つ

次から選べ。

1. 甲
2. $x$
```

```{exercise} why
なぜか。
```

```{solution} why
秘密の理由。

1. 一つ目。
```

```{solution} which
秘密の答え。

1. 甲は
   古い。
2. `乙`は新しい。
```

```{solution} how-many
秘密の計算。
```
"""
PROGRAM = """
```{code-cell} python
---
tags: [hide-cell]
---
secret = 3**4
```

```{code-cell} python
---
tags: [hide-input]
---
print("図")
```

```{note}
注である。
```
"""


def build(folder: Path, *pages: str) -> Path:
    """The notebooks of a book of these pages."""
    names = [f"page-{number}" for number, _ in enumerate(pages)]
    for name, page in zip(names, pages, strict=True):
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    others = "".join(f"  - file: {name}\n" for name in names[1:])
    chapters = f"chapters:\n{others}" if others else ""
    toc = folder / "_toc.yml"
    toc.write_text(f"format: jb-book\nroot: page-0\n{chapters}", encoding="utf-8")
    (folder / "references.bib").touch()
    return build_notebooks(folder, toc, folder, FORK)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = "# 初め\n\n```{exercise} first\n初めに問う。\n```\n"
    return build(tmp_path_factory.mktemp("book"), first, HEADER + EXERCISES + PROGRAM)


def test_what_checks_the_answers_is_collected_in_reading_order(built: Path) -> None:
    found = json.loads((built / "exercises.json").read_text(encoding="utf-8"))
    assert list(found) == ["first", "how-many", "which", "why"]
    assert found["first"]["page"] == "page-0"
    assert found["how-many"] == {
        "kind": "number",
        "page": "page-1",
        "title": "練習 1",
        "question": "何首か。",
        "answer": 81,
        "tolerance": 0.5,
        "hint": "$3^4$ を*計算*する。",
    }
    assert found["which"] == {
        "kind": "choice",
        "page": "page-1",
        "title": "練習 2",
        "question": "二つのうち，どれか。\n\n1. 二つ\n2. 一つ\n\n次から選べ。",
        "answer": 2,
        "choices": ["甲", "$x$"],
        "explanations": ["甲は古い。", "`乙`は新しい。"],
    }
    assert found["why"] == {
        "kind": "free",
        "page": "page-1",
        "title": "練習 3",
        "question": "なぜか。",
    }


def test_a_student_finds_a_place_to_answer_and_no_solution(built: Path) -> None:
    assert [path.name for path in (built / "student").iterdir()] == ["page-1.ipynb"]
    whole, student = read(built / "page-1.ipynb"), read(built / "student" / "page-1.ipynb")
    text = "\n".join(cell.source for cell in student.cells)
    assert "秘密" not in text and "secret" not in text and "古い" not in text
    assert "秘密" in markdown(whole)
    assert [cell.id for cell in student.cells] == [
        "page-1-00",
        "without-solutions",
        "page-1-01",
        "how-many-program",
        "how-many-answer",
        "page-1-03",
        "which-answer",
        "page-1-05",
        "why-answer",
        "page-1-07",
        "page-1-08",
    ]
    sources = {cell.id: cell.source for cell in student.cells}
    assert sources["which-answer"].splitlines()[-2:] == [
        "answer = ...  # 選択肢の番号を書く",
        'right = chihaya.exercises.check("which", answer)',
    ]
    assert sources["page-1-07"] == 'print("図")'
    assert sources["page-1-08"].split() == [">", "**注釈**", ">", ">", "注である。"]
    assert "手がかり" in sources["page-1-01"]
    for cell in student.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((EXERCISES, EXERCISES), "exercises of another page are called"),
        ((EXERCISES.replace(":answer: 81", ":answer: many"),), "how-many: the answer is no number"),
    ],
    ids=["twice", "no number"],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, pages: tuple[str, ...], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        build(tmp_path, *pages)
