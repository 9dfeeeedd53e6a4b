"""The builder `notebooks`, on pages where each construct that the book may use occurs."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kagami.notebooks.builder import joined
from kagami.notebooks.first_cell import first_cell
from kagami.notebooks.repository import Repository
from nbformat.v4 import new_output
from notebook_tools import ROOT, build_notebooks, code_cells, markdown, raw_myst, read

PAGES = ROOT / "tests" / "pages"
FORK = Repository("https://github.com/fork/book", "words")
SITE = "https://fork.github.io/book"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks of tests/pages, where each construct that the book may use occurs."""
    return build_notebooks(PAGES, PAGES / "_toc.yml", tmp_path_factory.mktemp("pages"), FORK)


WRITTEN = {
    "comment": "# 題\n\n一行目",
    "lines of Japanese": "一行目である。二行目と",
    "emphasis": "と *強調* と **強い強調** と",
    "code": "`コード` と ``a`b`` と",
    "inline mathematics": "数式 $a_1 * b_1 | c$。",
    "characters of Markdown": r"星 2 \* 3 \* 4，下線 *a* と d_model，値段 \$5 と \$6，印 \<pad>，"
    r"波 1\~2\~3，逆斜線 \\n。",
    "link": "[外](https://example.org/a_b?c=d)",
    "doc": f"[別の章]({SITE}/other.html)，[別の章]({SITE}/other.html)，[用語と文献]({SITE}/words.html)",
    "ref on the page": "[深い節](#深い節)，[節（全角）と 節 (半角)](#節（全角）と-節-%28半角%29)",
    "ref to another page": f"[あちらの 節]({SITE}/other.html#sec-there)，[節]({SITE}/words.html#sec-words)。",
    "cite:t by DOI": "Aoki et al. ([2001](https://doi.org/10.1000/%28one%29))",
    "cite:p": f"([Doi, 2002](https://arxiv.org/abs/2002.00001); [Endo, 2003]({SITE}/words.html#id",
    "term": f"[語]({SITE}/words.html#term-0)",
    "caption of an executed figure": "**図 1** 曲線 $x^2$ と 50 % の線。\n\n数は",
    "glue:text": "数は 12,000 である。",
    "numref": "図 1，図 2，表 1，式",
    "eq": f"式 (1) と (2) と [(3)]({SITE}/other.html#equation-eq-there)，"
    f"[図 3]({SITE}/other.html#fig-there)。",
    "headings": "## 節（全角）と 節 (半角)\n\n### 深い節\n",
    "numbered equation": "  &= c\n\\end{aligned} \\tag{1}\n$$",
    "math directive": "$$\nd < e \\tag{2}\n$$",
    "equation without a number": "$$\nf\n$$",
    "figure": "![四角](https://github.com/fork/book/raw/words/book/drawing.svg)\n\n**図 2** 動かない図。\n\n図の説明。",
    "image": "文の中の ![小さな四角](https://github.com/fork/book/raw/words/book/drawing.svg) 図。",
    "quotation": "> 引用の一段落目。\n> \n> 二段落目。\n\n",
    "epigraph": "> 題辞である。\n> \n> — 誰か\n\n",
    "note": "> **注釈**\n> \n> 注の中身。\n> \n> - 箇条\n> - $x$\n\n",
    "warning": "> **警告**\n> \n> 警告。\n\n",
    "important": "> **重要**\n> \n> 大切。\n\n",
    "admonition": "> **問い**\n> \n> 問いの中身。\n\n",
    "dropdown": "<details>\n<summary>解答 1</summary>\n\n答えは $y$ である。\n\n"
    "```text\n端末\n```\n\n</details>\n\n",
    "lists": "3. 三\n4. 四\n   - 内側\n   - もう一つ\n\n     続きの段落\n5. 五\n\n",
    "table": "| 名 | 値 |\n| --- | --- |\n| a | 0.50 |\n| `b\\|c` | $d\\vert e$ |\n\n",
    "list-table": "**表 1** 表の題\n\n| 甲 | 乙 |\n| --- | --- |\n| 一行目二行目 | (1) |\n\n",
    "table without a head": "|  |  |\n| --- | --- |\n| 頭のない | 表 |\n\n",
    "glossary": "- **札**：歌を書いた紙。\n- **仮名**，**かな**：文字。\n\n  二つ目の段落。\n\n",
}


@pytest.mark.parametrize("construct", WRITTEN)
def test_each_construct_is_written_as_plain_markdown(built: Path, construct: str) -> None:
    assert WRITTEN[construct] in markdown(read(built / "constructs.ipynb")) + "\n\n"


def test_a_list_of_references_is_written_as_a_list(built: Path) -> None:
    text = markdown(read(built / "other.ipynb"))
    assert "\n- Dan Doi. A Preprint. 2002." in text


def test_only_pages_with_code_become_notebooks(built: Path) -> None:
    assert {path.name for path in built.glob("*.ipynb")} == {"constructs.ipynb", "other.ipynb"}


def test_no_myst_is_left_of_any_construct(built: Path) -> None:
    assert raw_myst(markdown(read(built / "constructs.ipynb"))) == []


def test_code_cells_are_executed_folded_and_tagged_as_on_the_page(built: Path) -> None:
    cells = code_cells(read(built / "constructs.ipynb"))
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, 5, 6]
    assert cells[-1].outputs[0].execution_count == 6
    folded = {"cellView": "form", "jupyter": {"source_hidden": True}}
    shut = {"cellView": "form", "jupyter": {"source_hidden": True, "outputs_hidden": True}}
    assert [cell.metadata for cell in cells] == [
        {"cellView": "form"},
        {},
        {},
        {"tags": ["hide-input"], **folded},
        {"tags": ["hide-cell", "nbval-ignore-output"], **shut},
        {"tags": ["hide-output"], "jupyter": {"outputs_hidden": True}},
    ]


def test_names_and_kernel_are_the_same_at_every_build(built: Path) -> None:
    notebook = read(built / "other.ipynb")
    assert [cell.id for cell in notebook.cells] == ["other-00", "other-01", "other-02", "other-03"]
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert (built / "other.ipynb").read_text(encoding="utf-8").endswith("}\n")


ARCHIVE = "https://github.com/fork/book/archive/0123456789abcdef0123456789abcdef01234567.zip"


def test_what_a_cell_prints_in_pieces_is_one_output() -> None:
    pieces = [new_output("stream", name="stdout", text=text) for text in ("一", "行目\n", "二\n")]
    shown = new_output("display_data", data={"text/plain": "値"})
    error = new_output("stream", name="stderr", text="誤り\n")
    printed, *others = joined([pieces[0], shown, pieces[1], error, pieces[2]])
    assert printed == new_output("stream", name="stdout", text="一行目\n二\n")
    assert others == [shown, error]


def run_first_cell(
    archive: str | None, monkeypatch: pytest.MonkeyPatch, installed: bool = False
) -> list[Any]:
    """What the first cell calls, where the package is installed and where it is not."""
    calls: list[Any] = []
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name if installed else None)
    monkeypatch.setattr("subprocess.run", lambda command, check: calls.append(command))
    exec(first_cell(archive), {})
    return calls


def test_the_first_cell_is_that_of_the_repository(built: Path) -> None:
    assert read(built / "other.ipynb").cells[0].source == first_cell(FORK.archive())


def test_the_first_cell_installs_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIHAYA_INSTALL", raising=False)
    (command,) = run_first_cell(ARCHIVE, monkeypatch)
    assert command[:2] == [sys.executable, "-m"]
    assert command[-1] == ARCHIVE


@pytest.mark.parametrize("archive", [ARCHIVE, None])
def test_the_setting_says_from_where(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIHAYA_INSTALL", "/a folder/chihaya.whl")
    (command,) = run_first_cell(archive, monkeypatch)
    assert command[-1] == "/a folder/chihaya.whl"


@pytest.mark.parametrize("archive", [ARCHIVE, None])
def test_nothing_is_installed_twice(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_first_cell(archive, monkeypatch, installed=True) == []


def test_without_an_address_the_notebook_stops_at_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CHIHAYA_INSTALL", raising=False)
    missing = "import importlib.util\nimportlib.util.find_spec = lambda name: None\n"
    command = [sys.executable, "-m", "IPython", "-c", missing + first_cell(None)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert run.returncode == 1
    assert run.stdout == (
        "このノートブックには，パッケージ chihaya の入手先がまだ書かれていない。"
        "環境変数 CHIHAYA_INSTALL に wheel などを指定してから動かす。\n"
    )


def test_what_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    page = (PAGES / "other.md").read_text(encoding="utf-8")
    (tmp_path / "page.md").write_text(f"{page}\n<mark>HTML</mark>\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    for name in ("references.bib", "drawing.svg"):
        (tmp_path / name).write_bytes((PAGES / name).read_bytes())
    with pytest.raises(AssertionError, match="unknown node type: <raw"):
        build_notebooks(tmp_path, tmp_path / "_toc.yml", tmp_path, FORK)


@pytest.mark.parametrize(
    "text",
    [
        "{doc}`index`",
        "{cite:t}`a`",
        "```{note}",
        "::: {note}",
        "{glue:text}`x`",
        "% a comment",
        "(sec-a)=",
        "<!-- a comment -->",
    ],
)
def test_raw_myst_is_found(text: str) -> None:
    assert raw_myst(f"前の段落\n\n{text}\n\n後の段落") != []


def test_nbval_fails_where_an_output_has_changed(built: Path, tmp_path: Path) -> None:
    """A printed text, a glued number, a figure and a result; and nowhere else."""
    notebook = read(built / "constructs.ipynb")
    nbformat.write(notebook, tmp_path / "unchanged.ipynb")
    _, glued, printed, figure, exempt, result = code_cells(notebook)
    change(glued.outputs[0].data, "application/papermill.record/text/plain", "12,000", "12,001")
    change(printed.outputs[0], "text", "二つ", "三つ")
    change(figure.outputs[0].data, "image/svg+xml", "</svg>", "<g/></svg>")
    change(exempt.outputs[0], "text", "\n", "0\n")
    change(result.outputs[0].data, "text/plain", "42", "43")
    nbformat.write(notebook, tmp_path / "changed.ipynb")

    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-rA", "-p", "no:cacheprovider"]
    run = subprocess.run([*command, tmp_path], cwd=tmp_path, capture_output=True, text=True)
    outcomes = re.findall(r"^(PASSED|FAILED) (\w+)\.ipynb::Cell (\d)", run.stdout, re.MULTILINE)
    passed = [(name, cell) for outcome, name, cell in outcomes if outcome == "PASSED"]
    failed = [(name, cell) for outcome, name, cell in outcomes if outcome == "FAILED"]
    assert passed == [
        ("changed", "0"),
        ("changed", "4"),
        *(("unchanged", cell) for cell in "012345"),
    ], run.stdout
    assert failed == [("changed", cell) for cell in "1235"], run.stdout


def change(outputs: Any, key: str, old: str, new: str) -> None:
    """Put `new` for the last `old` in an output."""
    before, found, after = outputs[key].rpartition(old)
    assert found
    outputs[key] = before + new + after
