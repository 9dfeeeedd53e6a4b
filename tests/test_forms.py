"""GitHub takes the forms for issues: each against the schema that check-jsonschema brings along."""

import subprocess
from pathlib import Path

import pytest
import yaml

FORMS = Path(__file__).parents[1] / ".github" / "ISSUE_TEMPLATE"
PATHS = sorted(FORMS.glob("*.yml"))


def faults(path: Path, name: str) -> str:
    """What the schema of that name has against a file; nothing if it is as it should be."""
    command = ["check-jsonschema", "--builtin-schema", f"vendor.github-issue-{name}", str(path)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8")
    return run.stdout + run.stderr if run.returncode else ""


def test_there_is_a_form_for_readers_students_and_teachers() -> None:
    assert len(PATHS) == 4


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_form_is_as_github_takes_it(path: Path) -> None:
    assert faults(path, "config" if path.name == "config.yml" else "forms") == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("type: input", "type: line"),
        ("placeholder:", "place_holder:"),
        ("description: 文章", "about: 文章"),
        ("label: 頁 — Page", "title: 頁 — Page"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    form = PATHS[0].read_text(encoding="utf-8")
    assert right in form
    (tmp_path / "form.yml").write_text(form.replace(right, wrong, 1), encoding="utf-8")
    assert "Schema validation errors" in faults(tmp_path / "form.yml", "forms")


@pytest.mark.parametrize("path", [each for each in PATHS if each.name != "config.yml"])
def test_ids_are_its_own(path: Path) -> None:
    """The schema cannot say it; GitHub refuses the form."""
    body = yaml.safe_load(path.read_text(encoding="utf-8"))["body"]
    ids = [element["id"] for element in body if element["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
