"""Each button of a built page leads to a file of the tree: here, and in a fork."""

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from kagami.notebooks.repository import Repository, current
from notebook_tools import CONFIGURED, ROOT, made_for, markdown, read, workflow

SITE = ROOT / "_build" / "html"
PAGES = sorted((ROOT / "book").glob("*.md"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STUDENTS = sorted((ROOT / "notebooks" / "student").glob("*.ipynb"))
KINDS = ["preparation", "notation", "state"]
"""A page that runs and asks, one that runs, and one that does neither."""
RUN = ["Colab で開く", "Binder で開く", "ノートブックを保存"]
STUDENT = ["解答なし：Colab", "解答なし：Binder", "解答なし：保存"]


def buttons(page: Path) -> dict[str, str]:
    """What the buttons of a built page say, and where they lead."""
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    links = soup.select(".actions a")
    return {link.get_text(): str(link["href"]) for link in links}


def target(address: str, repository: Repository) -> str:
    """The path in the repository of the file that a button opens."""
    if "://" not in address:
        return address
    branch = f"{repository.name}/{quote(repository.branch, safe='')}"
    for before in (
        f"https://colab.research.google.com/github/{repository.name}/blob/{repository.branch}/",
        f"https://mybinder.org/v2/gh/{branch}?urlpath=lab/tree/",
        f"{repository.url}/blob/{repository.branch}/",
    ):
        if address.startswith(before):
            return address.removeprefix(before)
    pytest.fail(f"a button leads to {address}")


def follow_buttons(site: Path, page: Path, repository: Repository) -> None:
    """Every button of a page leads to its file; only a page with code has those that run it."""
    found = buttons(site / f"{page.stem}.html")
    text = page.read_text(encoding="utf-8")
    runs = "\nkernelspec:\n" in text  # its header, as MyST-NB asks for
    asks = runs and "```{exercise}" in text
    assert list(found) == [*(RUN if runs else ()), "原稿", *(STUDENT if asks else ())]
    paths = {
        **dict.fromkeys(RUN, f"notebooks/{page.stem}.ipynb"),
        **dict.fromkeys(STUDENT, f"notebooks/student/{page.stem}.ipynb"),
        "原稿": f"book/{page.name}",
    }
    for label, address in found.items():
        path = paths[label]
        assert target(address, repository) == path, label
        assert (ROOT / path).is_file(), path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_buttons_of_each_page_lead_to_its_files(page: Path) -> None:
    follow_buttons(SITE, page, current(CONFIGURED))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_saved_is_the_notebook(path: Path) -> None:
    address = buttons(SITE / f"{path.stem}.html")["ノートブックを保存"]
    assert (SITE / address).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", STUDENTS, ids=lambda path: path.stem)
def test_what_a_student_saves_is_the_notebook_without_solutions(path: Path) -> None:
    address = buttons(SITE / f"{path.stem}.html")["解答なし：保存"]
    assert (SITE / address).read_bytes() == path.read_bytes()


def test_the_search_page_has_no_buttons() -> None:
    assert buttons(SITE / "search.html") == {}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_links_of_a_notebook_lead_into_the_site(path: Path) -> None:
    notebook = read(path)
    site = made_for(notebook).site
    for link in re.findall(rf"\]\({site}([^)]*)\)", markdown(notebook)):
        page, _, anchor = link.partition("#")
        html = (SITE / page).read_text(encoding="utf-8")
        assert not anchor or f'id="{unquote(anchor)}"' in html, link


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of a fork of fewer pages, with the executions of `make book`."""
    folder = tmp_path_factory.mktemp("fork")
    for name in ("book", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("_config.yml", "code", "constraints.txt", "live", "node_modules", "slides"):
        (folder / name).symlink_to(ROOT / name)
    toc = ["format: jb-book", "root: index", "chapters:", *(f"- file: {name}" for name in KINDS)]
    (folder / "_toc.yml").write_text("\n".join(toc), encoding="utf-8")
    (folder / "_build").mkdir()
    (folder / "_build" / ".jupyter_cache").symlink_to(ROOT / "_build" / ".jupyter_cache")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


def test_the_pages_of_a_fork_open_the_fork(fork: Path) -> None:
    repository = Repository("https://github.com/by-environment/book", "my/branch")
    # The fork's own kagami, as in its clone.
    environment = {**workflow(repository), "PYTHONPATH": str(fork / "book" / "_ext")}
    paths = ["--config", "_config.yml", "--toc", str(fork / "_toc.yml"), "--path-output", "."]
    command = ["jupyter-book", "build", "book", *paths, "--all"]
    build = subprocess.run(command, cwd=fork, env=environment, capture_output=True, text=True)
    assert build.returncode == 0, build.stderr
    for name in ("index", *KINDS):
        follow_buttons(fork / "_build" / "html", fork / "book" / f"{name}.md", repository)
        html = (fork / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
        assert CONFIGURED.url not in html
