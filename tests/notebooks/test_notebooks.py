"""The committed notebooks: those of the pages, plain Markdown, executed, held by nbval."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest
from chihaya.exercises import FILE, judge, load_exercises
from exempt import NOTEBOOKS, is_exempt
from kagami.notebooks.compare import pytest_itemcollected
from kagami.notebooks.first_cell import first_cell
from kagami.notebooks.repository import PACKAGE, Repository, current
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbclient import NotebookClient
from nbval.plugin import IPyNbFile
from notebook_tools import (
    CONFIGURED,
    ROOT,
    archive,
    build_notebooks,
    code_cells,
    made_for,
    markdown,
    raw_myst,
    read,
)

COMMITTED = sorted(NOTEBOOKS.glob("*.ipynb"))
STUDENTS = sorted((NOTEBOOKS / "student").glob("*.ipynb"))
RENEW = "the notebooks are not those of the pages: run `make notebooks` and look at what changed"


@pytest.fixture(scope="session")
def repository() -> Repository:
    """Which repository the notebooks belong to, all to the same."""
    (repository,) = {made_for(read(path)) for path in COMMITTED}
    return repository


@pytest.fixture(scope="session")
def from_pages(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks of the book, from the executions of `make book` where these are there."""
    output = tmp_path_factory.mktemp("book")
    executions = ROOT / "_build" / ".jupyter_cache"
    executions.mkdir(parents=True, exist_ok=True)
    (output / "_build").mkdir()
    (output / "_build" / ".jupyter_cache").symlink_to(executions)
    return build_notebooks(ROOT / "book", ROOT / "_toc.yml", output, repository)


def without_outputs(path: Path) -> Any:
    """A notebook but for its first cell, and what its cells put out, which nbval compares."""
    notebook = read(path)
    notebook.cells[0].source = ""
    for cell in code_cells(notebook):
        cell.outputs = []
    return notebook


def test_there_are_notebooks() -> None:
    assert COMMITTED


def test_the_repository_of_the_notebooks_is_this_one(repository: Repository) -> None:
    """Or that of `_config.yml`: a fork runs before its notebooks are made anew."""
    assert repository.url in [CONFIGURED.url, current(CONFIGURED).url], RENEW


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_the_first_cell_is_the_builders(path: Path) -> None:
    notebook = read(path)
    assert notebook.cells[0].source == first_cell(archive(notebook)), RENEW


def changed_since(commit: str, root: Path) -> bool | None:
    """Whether the package in `root` is no longer that of `commit`; None where git cannot tell."""
    git = ["git", "--git-dir=.git"]
    diff = subprocess.run([*git, "diff", "--quiet", commit, "HEAD", "--", *PACKAGE], cwd=root)
    if diff.returncode <= 1:
        return bool(diff.returncode)
    shallow = [*git, "rev-parse", "--is-shallow-repository"]
    run = subprocess.run(shallow, cwd=root, capture_output=True, text=True)
    return True if run.stdout.strip() == "false" else None


def test_what_the_notebooks_install_is_the_package_of_this_clone() -> None:
    (address,) = {archive(read(path)) for path in COMMITTED}
    if address is None:
        return  # their first cell says that it knows of none
    commit = re.fullmatch(r"https://.*/archive/([0-9a-f]{40})\.zip", address)
    assert commit, address
    changed = changed_since(commit[1], ROOT)
    if changed is None:
        pytest.skip("git does not know the commit here: a shallow clone, or none")
    assert not changed, f"the package has changed since {commit[1]}: run `make notebooks`"


def test_a_commit_of_another_package_is_seen(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        run = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
        return run.stdout.strip()

    def commit(path: str) -> str:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
        git("add", path)
        git("commit", "--quiet", "--message", path)
        return git("rev-parse", "HEAD")

    assert changed_since("0" * 40, tmp_path) is None  # no clone
    git("init", "--quiet")
    first = commit("code/a.py")
    commit("book/page.md")
    assert changed_since(first, tmp_path) is False
    last = commit("code/b.py")
    assert changed_since(first, tmp_path) is True
    assert changed_since(last, tmp_path) is False
    assert changed_since("0" * 40, tmp_path) is True  # gone from the history
    (tmp_path / ".git" / "shallow").write_text(f"{last}\n")
    assert changed_since(first, tmp_path) is True  # still there
    assert changed_since("0" * 40, tmp_path) is None


def test_the_notebooks_are_those_of_the_pages(from_pages: Path) -> None:
    built = sorted(from_pages.glob("*.ipynb"))
    assert [path.name for path in COMMITTED] == [path.name for path in built], RENEW
    for committed, new in zip(COMMITTED, built, strict=True):
        assert without_outputs(committed) == without_outputs(new), f"{committed.name}: {RENEW}"


def test_the_students_notebooks_are_those_of_the_pages(from_pages: Path) -> None:
    built = sorted((from_pages / "student").glob("*.ipynb"))
    assert [path.name for path in STUDENTS] == [path.name for path in built], RENEW
    for committed, new in zip(STUDENTS, built, strict=True):
        assert without_outputs(committed) == without_outputs(new), f"{committed.name}: {RENEW}"


def test_the_checks_of_the_exercises_are_those_of_the_pages(from_pages: Path) -> None:
    built = (from_pages / "exercises.json").read_text(encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == built, RENEW


SOLUTION = re.compile(
    "<details>\n<summary>(?:解答|問い|予想) \\d.*?</summary>(.*?)</details>", re.DOTALL
)


@pytest.mark.parametrize("path", STUDENTS, ids=lambda path: path.stem)
def test_a_students_notebook_holds_no_solution(path: Path) -> None:
    whole, student = read(NOTEBOOKS / path.name), read(path)
    text = "\n".join(cell.source for cell in student.cells)
    solutions = SOLUTION.findall(markdown(whole))
    asked = [each for each in load_exercises().values() if each["page"] == path.stem]
    assert len(solutions) == len(asked)
    for line in "".join(solutions).split("\n"):
        assert len(line) <= len("$$") or line not in text
    for cell in code_cells(whole):
        assert "hide-cell" not in cell.metadata.get("tags", []) or cell.source not in text
    assert not any(cell.outputs for cell in code_cells(student))


@pytest.fixture(scope="module")
def answered() -> Iterator[Callable[[str, str], str]]:
    """A short notebook as a student runs it to its end; then what an answer put into it prints."""
    notebook = read(NOTEBOOKS / "student" / "preparation.ipynb")
    places = {cell.id: (number, cell.source) for number, cell in enumerate(notebook.cells)}
    client = NotebookClient(notebook)

    def answer(name: str, value: str) -> str:
        number, source = places[f"{name}-answer"]
        cell = notebook.cells[number]
        cell.source = source.replace("answer = ...", f"answer = {value}")
        client.execute_cell(cell, number)
        return "".join(output.text for output in cell.outputs)

    with client.setup_kernel():
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
        yield answer


PREPARATION = [
    name
    for name, each in load_exercises().items()
    if each["page"] == "preparation" and each["kind"] != "free"
]


@pytest.mark.parametrize("name", PREPARATION)
def test_a_student_runs_all_and_each_answer_is_told(
    answered: Callable[[str, str], str], name: str
) -> None:
    right = load_exercises()[name]["answer"]
    wrong = 1 if right != 1 else 2
    for value, what in ((..., None), (right, True), (wrong, False)):
        written = "..." if value is ... else repr(value)
        assert judge(name, value)[0] is what
        assert answered(name, written) == judge(name, value)[1] + "\n"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_every_code_cell_was_executed_in_order(path: Path) -> None:
    counts = [cell.execution_count for cell in code_cells(read(path))]
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_no_myst_is_left(path: Path) -> None:
    assert raw_myst(markdown(read(path))) == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_no_markup_shows_in_the_text(path: Path) -> None:
    """CommonMark leaves `**「語」**と` as it stands; so does a broken link or formula."""
    parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
    for block in parser.parse(markdown(read(path))):
        for token in block.children or []:
            if token.type == "text":
                assert not re.search(r"\*\*|\]\(|`|\$", token.content), block.content


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_links_are_whole_or_lead_to_headings(path: Path) -> None:
    """So they hold in a notebook that was opened alone."""
    text = markdown(read(path))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    headings = {f"#{title.replace(' ', '-')}" for title in titles}
    for address in re.findall(r"\]\(([^)]*)\)", text):
        assert "://" in address or unquote(address) in headings, address


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_an_exempt_cell_has_a_neighbour_that_is_compared(path: Path) -> None:
    cells = code_cells(read(path))
    for before, cell, after in zip([None, *cells], cells, [*cells[1:], None], strict=False):
        if is_exempt(cell):
            neighbours = [other for other in (before, after) if other and not is_exempt(other)]
            assert any(other.outputs for other in neighbours), f"{path.name} {cell.id}"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_nbval_sees_a_change_of_any_output(
    path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that gives something else fails. nbval passes over PNG: there must be SVG beside it."""
    compared = 0
    for item in IPyNbFile.from_parent(request.session, path=path).collect():
        monkeypatch.setattr(item, "format_output_compare", lambda *_: None)  # it takes minutes
        pytest_itemcollected(item)  # as where pytest collects
        if is_exempt(item.cell):
            continue
        stored = item.cell.outputs
        assert item.compare_outputs(stored, stored)
        for index, output in enumerate(stored):
            values = output.get("data", output)
            keys = set(output.get("data", {"text"}))
            for key in keys - {"image/png"} if "image/svg+xml" in keys else keys:
                original, values[key] = values[key], values[key] + "?"
                changed = nbformat.from_dict(stored)
                values[key] = original
                assert not item.compare_outputs(changed, stored), (path.name, index, key)
                compared += 1
    assert compared
