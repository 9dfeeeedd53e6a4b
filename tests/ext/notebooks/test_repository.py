"""Which repository a build is for: by environment, by remote, by configuration."""

import subprocess
from pathlib import Path

import pytest
from kagami.notebooks.repository import Repository, current

CONFIGURED = Repository("https://github.com/owner/book", "main")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, CONFIGURED),
        ({"GITHUB_REPOSITORY": ""}, CONFIGURED),
        (
            {"GITHUB_REPOSITORY": "fork/book", "GITHUB_REF_NAME": "v1.0", "GITHUB_HEAD_REF": ""},
            Repository("https://github.com/fork/book", "v1.0"),
        ),
        (
            {"GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "7/merge", "GITHUB_HEAD_REF": "words"},
            Repository("https://github.com/a/b", "words"),
        ),
        ({"GITHUB_REPOSITORY": "fork/book"}, Repository("https://github.com/fork/book", "main")),
    ],
)
def test_the_environment_of_a_workflow(
    environment: dict[str, str], expected: Repository, tmp_path: Path
) -> None:
    assert current(CONFIGURED, tmp_path, environment) == expected


def clone(folder: Path, origin: str) -> Path:
    """A repository in `folder` with the remote `origin`."""
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    subprocess.run(["git", "remote", "add", "origin", origin], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/fork/a.b-c",
        "https://github.com/fork/a.b-c.git",
        "https://github.com/fork/a.b-c/",
        "https://name:secret@github.com/fork/a.b-c.git",
        "git@github.com:fork/a.b-c.git",
        "ssh://git@github.com/fork/a.b-c.git",
    ],
)
def test_the_remote_of_a_clone(origin: str, tmp_path: Path) -> None:
    expected = Repository("https://github.com/fork/a.b-c", "main")
    assert current(CONFIGURED, clone(tmp_path, origin), {}) == expected


@pytest.mark.parametrize(
    "origin", ["/srv/book.git", "https://example.org/fork/book", "https://github.com/fork"]
)
def test_a_remote_elsewhere_says_nothing(origin: str, tmp_path: Path) -> None:
    assert current(CONFIGURED, clone(tmp_path, origin), {}) == CONFIGURED


def test_the_environment_comes_before_the_remote(tmp_path: Path) -> None:
    folder = clone(tmp_path, "https://github.com/other/book")
    environment = {"GITHUB_REPOSITORY": "fork/book", "GITHUB_REF_NAME": "main"}
    assert current(CONFIGURED, folder, environment).name == "fork/book"


def test_a_repository_around_an_unpacked_archive_does_not_count(tmp_path: Path) -> None:
    inner = clone(tmp_path, "https://github.com/other/book") / "book"
    inner.mkdir()
    assert current(CONFIGURED, inner, {}) == CONFIGURED


def test_the_addresses_of_a_repository() -> None:
    repository = Repository("https://github.com/Owner/book", "main")
    assert repository.site == "https://owner.github.io/book/"
    own = Repository("https://github.com/Owner/owner.github.io", "main")
    assert own.site == "https://owner.github.io/"
    assert repository.file("README.md") == "https://github.com/Owner/book/blob/main/README.md"


PLACEHOLDER = Repository("https://github.com/-owner-/book", "main")


def commit(folder: Path, path: str) -> str:
    """Commit a file of this path in the clone `folder`; the name of the commit."""
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).touch()
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["add", path], [*author, "commit", "--quiet", "--message", path]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    head = ["git", "rev-parse", "HEAD"]
    return subprocess.run(
        head, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_the_archive_is_of_the_last_commit_that_changed_the_package(tmp_path: Path) -> None:
    folder = clone(tmp_path, "https://github.com/fork/book")
    assert CONFIGURED.archive(folder) is None  # no commit yet
    changed = commit(folder, "code/package.py")
    commit(folder, "notebooks/page.ipynb")
    assert CONFIGURED.archive(folder) == f"https://github.com/owner/book/archive/{changed}.zip"


def test_nothing_is_installed_by_a_name_that_can_be_taken(tmp_path: Path) -> None:
    """A branch may be anybody's tomorrow, and so may an address that is still to be chosen."""
    assert CONFIGURED.archive(tmp_path) is None  # an unpacked archive: no commit is known
    folder = clone(tmp_path, "https://github.com/fork/book")
    commit(folder, "pyproject.toml")
    assert PLACEHOLDER.archive(folder) is None


def test_a_placeholder_is_a_name_that_github_gives_nobody() -> None:
    assert PLACEHOLDER.placeholder
    assert not CONFIGURED.placeholder
    assert not current(PLACEHOLDER, Path(), {"GITHUB_REPOSITORY": "fork/book"}).placeholder
