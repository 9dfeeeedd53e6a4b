"""What asks a reader the exercises of a page elsewhere than on it: see chihaya.exercises.

Of a choice, the last ordered list of the question holds the choices, and the last one of the
solution explains them one by one.
"""

from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from sphinx.errors import ExtensionError

from kagami.pages.exercises import last_list

Write = Callable[[list[nodes.Node]], str]
"""Puts nodes into Markdown."""


def exercises(document: nodes.document) -> Iterator[nodes.admonition]:
    """The exercises of a page, in its order."""
    return (node for node in document.findall(nodes.admonition) if "check" in node)


def solution(document: nodes.document, exercise: nodes.admonition) -> nodes.admonition | None:
    """The solution of an exercise, if it has one."""
    name = f"solution-{exercise['check']['name']}"
    return next((node for node in document.findall(nodes.admonition) if name in node["ids"]), None)


def collect(document: nodes.document, page: str, write: Write) -> dict[str, dict[str, Any]]:
    """The exercises of a page by name, as code/chihaya/exercises.json holds them."""
    return {
        node["check"]["name"]: entry(node, solution(document, node), page, write)
        for node in exercises(document)
    }


def entry(
    exercise: nodes.admonition, solved: nodes.admonition | None, page: str, write: Write
) -> dict[str, Any]:
    """One exercise, as chihaya.exercises.Exercise."""
    check = exercise["check"]
    title, *question = exercise.children
    hint = question.pop() if "hint" in check else None
    kind = check.get("kind", "free")
    found: dict[str, Any] = {"kind": kind, "page": page, "title": title.astext()}
    if kind == "choice":
        choices: Any = last_list(exercise)
        question.remove(choices)
        found["choices"] = [write(choice.children) for choice in choices]
        explained: Any = last_list(solved) or ()
        found["explanations"] = [" ".join(write(each.children).split()) for each in explained]
    found["question"] = write(question)
    if kind != "free":
        found["answer"] = number(check)
    if "tolerance" in check:
        found["tolerance"] = check["tolerance"]
    if isinstance(hint, nodes.admonition):
        found["hint"] = write(hint.children[1:])
    return found


def number(check: dict[str, Any]) -> float:
    """The right answer: whole where it is written so."""
    try:
        return int(check["answer"]) if check["answer"].isdigit() else float(check["answer"])
    except ValueError:
        words = "{name}: the answer is no number: {answer}"
        raise ExtensionError(words.format_map(check)) from None
