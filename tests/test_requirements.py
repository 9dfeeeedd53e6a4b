"""pyproject.toml, constraints.txt, environment.yml and what is installed say the same.

And what is pinned is what is taken: by whatever index, and in the workflows.
"""

import re
import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
import yaml
from binder import PYPI
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
REQUIREMENTS = [
    *PROJECT["dependencies"],
    *PROJECT["optional-dependencies"]["dev"],
]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in LINES}
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
NOTEBOOKS = {"pip", "ipykernel", "jupyterlab"}
"""What environment.yml has beyond the package's dependencies: to open and run the notebooks."""


def test_every_line_of_the_constraints_is_one_pin() -> None:
    for line in LINES:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line), line
    assert len(PINS) == len(LINES)


@pytest.mark.parametrize("requirement", [*PYPROJECT["build-system"]["requires"], *REQUIREMENTS])
def test_every_requirement_is_met_by_its_pin(requirement: str) -> None:
    required = Requirement(requirement)
    assert required.specifier.contains(PINS[canonicalize_name(required.name)])


def needed(requirement: Requirement, seen: set[tuple[NormalizedName, str]]) -> None:
    """Add to `seen` the distribution and extras of `requirement`, and all that these need."""
    name = canonicalize_name(requirement.name)
    for extra in requirement.extras or {""}:
        if (name, extra) not in seen:
            seen.add((name, extra))
            for line in distribution(name).requires or ():
                further = Requirement(line)
                if further.marker is None or further.marker.evaluate({"extra": extra}):
                    needed(further, seen)


# What `make` writes there; without make, as in the workflow's job for other systems, it is the pins.
READY = ROOT / ".venv" / "ready"
CONSTRAINTS = READY.read_text(encoding="utf-8").strip() if READY.exists() else "constraints.txt"
pinned = pytest.mark.skipif(
    CONSTRAINTS != "constraints.txt", reason=f"installed by {CONSTRAINTS}, not by the pins"
)


@pinned
def test_all_that_the_project_needs_is_pinned() -> None:
    seen: set[tuple[NormalizedName, str]] = set()
    for requirement in REQUIREMENTS:
        needed(Requirement(requirement), seen)
    names = {name for name, _ in seen}
    assert {"torch", "filelock", "pytest", "iniconfig"} < names  # what is needed by what is needed
    assert names <= set(PINS)


@pinned
def test_what_is_installed_is_its_pin() -> None:
    installed = {canonicalize_name(each.name): each.version for each in distributions()}
    other = {
        name: (installed[name], pin)
        for name, pin in PINS.items()
        if name in installed and not SpecifierSet(f"=={pin}").contains(installed[name])
    }
    assert not other


def bounds(lines: list[str]) -> dict[str, SpecifierSet]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): each.specifier for each in requirements}


def test_the_environment_has_the_dependencies_with_the_same_bounds() -> None:
    *conda, pip = ENVIRONMENT["dependencies"]
    pypi = [line for line in pip["pip"] if line != "-e ."]
    assert len(pypi) == len(pip["pip"]) - 1  # the package itself, as it is here
    found = {PYPI.get(name, name): bound for name, bound in bounds(conda[1:]).items()}
    assert set(found) > NOTEBOOKS
    found = {name: bound for name, bound in found.items() if name not in NOTEBOOKS}
    assert found | bounds(pypi) == bounds(PROJECT["dependencies"])
    assert not set(found) & set(bounds(pypi))


def test_the_environments_python_is_one_that_the_package_allows() -> None:
    name, version = ENVIRONMENT["dependencies"][0].split("=")
    assert name == "python"
    assert SpecifierSet(PROJECT["requires-python"]).contains(f"{version}.0")


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_is_named_by_its_digest(workflow: Path) -> None:
    """A tag may be moved to other code; the comment says it for people, and for renewals."""
    uses = re.findall(r"uses: (.*)", workflow.read_text(encoding="utf-8"))
    assert uses
    for action in uses:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # .+", action), action


INDEX = "https://download.pytorch.org/whl/cpu"


def test_no_second_index_may_serve_what_pypi_serves() -> None:
    """Whoever could put a package there under any name of ours would be installed."""
    files = [*ROOT.glob("*.md"), ROOT / "Makefile", *WORKFLOWS]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert INDEX in text
    assert not re.search("extra[-_]index[-_]url", text, re.IGNORECASE)
