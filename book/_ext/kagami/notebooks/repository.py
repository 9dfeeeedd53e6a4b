"""Find the repository on GitHub, and the branch of it, that a build is for: its pages lead there.

In GitHub Actions, the one whose workflow runs; in a clone from GitHub, that of the remote
`origin`; elsewhere the one that `_config.yml` names, which may be a placeholder.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

ROOT = Path(__file__).parents[4]
PACKAGE = ("code", "pyproject.toml")
"""All that an installed package is made of."""
REMOTE = re.compile(
    r"(?:https://(?:[^@/]+@)?|(?:ssh://)?git@)github\.com[/:](?P<name>[^/]+/[^/]+?)(?:\.git)?/?"
)
logger = logging.getLogger(__name__)


class Repository(NamedTuple):
    """Its address, as https://github.com/owner/name, and a branch or tag."""

    url: str
    branch: str

    @property
    def name(self) -> str:
        """The repository as owner/name."""
        return self.url.removeprefix("https://github.com/")

    @property
    def site(self) -> str:
        """Where GitHub Pages publishes the book; a repository named like its host is its root."""
        owner, name = self.name.split("/")
        host = f"{owner.lower()}.github.io"
        return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"

    @property
    def placeholder(self) -> bool:
        """Whether its owner is still to be named: GitHub lets no name begin with a hyphen."""
        return self.name.startswith("-")

    def archive(self, root: Path = ROOT) -> str | None:
        """The package of the clone in `root`, for pip; None where nobody can download it.

        It is named by its commit: whoever owns the address cannot put other code there.
        """
        commit = git(root, "log", "-1", "--format=%H", "--", *PACKAGE)
        return f"{self.url}/archive/{commit}.zip" if commit and not self.placeholder else None

    def file(self, path: str, form: str = "blob") -> str:
        """The file at `path`, as a page ("blob") or as it is ("raw")."""
        return f"{self.url}/{form}/{self.branch}/{path}"


def git(root: Path, *arguments: str) -> str:
    """What git says of the clone in `root`; nothing where there is none."""
    # With --git-dir, a repository around an unpacked archive does not count.
    command = ["git", "--git-dir=.git", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8").stdout.strip()


def current(
    configured: Repository, root: Path = ROOT, environment: Mapping[str, str] = os.environ
) -> Repository:
    """The repository of the build in `root`; `configured` where nothing else is known."""
    if name := environment.get("GITHUB_REPOSITORY"):
        # The branch of a pull request, or else the branch or tag.
        branch = environment.get("GITHUB_HEAD_REF") or environment.get("GITHUB_REF_NAME")
        return Repository(f"https://github.com/{name}", branch or configured.branch)
    remote = git(root, "remote", "get-url", "origin")
    if match := REMOTE.fullmatch(remote):
        return Repository(f"https://github.com/{match['name']}", configured.branch)
    return configured


def of(config: Config) -> Repository:
    """The repository that a build with `config` is for."""
    options = config.html_theme_options
    return Repository(options["repository_url"], options["repository_branch"])


def choose_repository(app: Sphinx, config: Config) -> None:
    """Point the theme's links and the address of the site at the repository of this build."""
    repository = current(of(config))
    config.html_theme_options["repository_url"] = repository.url
    config.html_theme_options["repository_branch"] = repository.branch
    config.html_baseurl = config.html_baseurl or repository.site


def say_placeholder(app: Sphinx, exception: Exception | None) -> None:
    """Say at the end of a build that what it made leads to no repository yet."""
    if of(app.config).placeholder:
        logger.info(
            "The repository's address in _config.yml is a placeholder: "
            "the buttons of the pages lead nowhere, and a notebook opened alone installs nothing."
        )


def setup(app: Sphinx) -> dict[str, bool]:
    """Choose the repository before other extensions read it."""
    app.connect("config-inited", choose_repository, priority=100)
    app.connect("build-finished", say_placeholder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
