"""A small book, built with all extensions as `make book` builds the large one."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from kagami.notebooks import buttons
from notebook_tools import build_book

HEADER = """---
jupytext:
  text_representation: {extension: .md, format_name: myst, format_version: 0.13}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""
PAGES = {
    "index": "# 表紙\n\n文。",
    "run": HEADER + "# 走る頁\n\n文。\n\n```{code-cell} python\nprint(6 * 7)\n```\n",
    "state": "# 状態\n\n文。\n\n```{execution-times}\n```\n\n```{versions}\n```\n",
    "asked": HEADER
    + "# 問う頁\n\n文。\n\n```{code-cell} python\n6 * 7\n```\n\n```{exercise} why\nなぜか。\n```\n",
    "bare": "# 空\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    book, notebooks = folder / "book", folder / "notebooks"
    book.mkdir()
    (notebooks / "student").mkdir(parents=True)
    for name, text in PAGES.items():
        (book / f"{name}.md").write_text(text, encoding="utf-8")
    (book / "references.bib").touch()
    files = "".join(f"- file: {name}\n" for name in PAGES if name != "index")
    toc = f"format: jb-book\nroot: index\nchapters:\n{files}"
    (book / "_toc.yml").write_text(toc)
    for name in ("run", "asked", "student/asked"):
        (notebooks / f"{name}.ipynb").write_text("{}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buttons, "ROOT", folder)
        patch.setattr(buttons, "NOTEBOOKS", notebooks)
        return build_book(book, book / "_toc.yml", folder) / "html"


def read(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_what_a_cell_prints_is_on_the_page(site: Path) -> None:
    assert read(site, "run").select(".cell_output pre")[0].text == "42\n"


def test_only_a_page_with_code_can_be_run(site: Path) -> None:
    labels = [link.text for link in read(site, "run").select(".actions a")]
    assert labels == ["Colab で開く", "Binder で開く", "ノートブックを保存", "原稿"]
    assert [link.text for link in read(site, "index").select(".actions a")] == ["原稿"]
    saved = read(site, "run").select(".actions a[download]")[0]["href"]
    assert (site / str(saved)).is_file()


def test_a_page_with_exercises_leads_to_its_notebook_without_solutions(site: Path) -> None:
    links = read(site, "asked").select(".actions a")[4:]
    assert [link.text for link in links] == [
        "解答なし：Colab",
        "解答なし：Binder",
        "解答なし：保存",
    ]
    assert all(str(link["href"]).endswith("notebooks/student/asked.ipynb") for link in links)
    assert (site / str(links[-1]["href"])).is_file()


def test_the_menu_has_the_pages_in_reading_order(site: Path) -> None:
    titles = [link.text for link in read(site, "bare").select("#menu nav a")]
    assert titles == ["表紙", "走る頁", "状態", "問う頁", "空"]


def test_the_state_of_the_build_is_told(site: Path) -> None:
    times, versions = read(site, "state").select("table")
    rows = [[cell.text for cell in row.select("td")] for row in times.select("tbody tr")]
    assert [row[0] for row in rows] == ["走る頁", "問う頁", "合わせて"]
    assert rows[0][2] == "終わりまで動いた"
    assert re.fullmatch(r"\d+\.\d\xa0秒", rows[0][1])
    names = [row.select("td")[0].text for row in versions.select("tbody tr")]
    assert names[:4] == ["リポジトリ", "原稿の版", "Python", "torch"]


def test_a_page_of_a_title_alone_builds(site: Path) -> None:
    assert read(site, "bare").select("article h1")[0].text == "空"
    assert read(site, "bare").select("meta[name=description]") == []
