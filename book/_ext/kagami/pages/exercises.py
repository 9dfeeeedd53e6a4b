"""Exercises: the question, how an answer is checked, and the solution, each told once in the page.

    ```{exercise} mirror-2          ```{solution} mirror-2
    :kind: number                   From 98.5 % …
    :answer: 81                     ```
    How many poems …?
    ```

Numbered in the order of the page; code cells with the tag `hide-cell` may follow a solution. What
checks an answer is kept on the node, for whatever asks the reader: `kind` is `number` (`answer`,
and `tolerance` if it is not exact), `choice` (`answer` is the number of the right one in the last
list of the question) or, without it, free. The last list of a choice's solution says of each
choice, in the same order, why it is right or wrong.

A `{question}` is an exercise of the text itself, with numbers of its own. A `{predict}` is a choice
to be made before what stands between it and its solution, a figure or a live part, is shown. In the
page all this is asked by live/quiz.js, which _theme/static/book.js fetches; without it everything
stands there.
"""

import json
import re
from base64 import b64encode
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from kagami.pages.live import SOURCES, bundle

logger = getLogger(__name__)

KINDS = ("number", "choice", "free")
SOLVED = {"練習": "解答 {}", "問い": "問い {} の答え", "予想": "予想 {} と比べる"}
"""What the solution of an exercise, a question and a prediction is called."""
NUMBERS = "exercises"
"""Of each name on the page: what it is, and its number."""
LATE = re.compile(r":\w+: ")
"""An option below the first line of the question, where it would be read as part of it."""


def kind(argument: str) -> str:
    """One of the kinds of answers."""
    return directives.choice(argument, KINDS)


class Exercise(SphinxDirective):
    """A question, with the name by which its solution and its checks know it."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {
        "kind": kind,
        "answer": directives.unchanged_required,
        "tolerance": float,
        "hint": directives.unchanged_required,
    }
    called = "練習"
    classes: tuple[str, ...] = ("exercise",)

    def run(self) -> list[nodes.Node]:
        """An admonition with its number; the hint folded within it."""
        (name,) = self.arguments
        numbers = self.env.temp_data.setdefault(NUMBERS, {})
        if name in numbers:
            raise self.error(f"two exercises are called {name}")
        if ("answer" in self.options) != (self.options.get("kind", "free") != "free"):
            raise self.error(f"{name}: an answer goes with the kind number or choice")
        if late := [line for line in self.content if LATE.match(line)]:
            raise self.error(f"{name}: what checks an answer stands before the question: {late[0]}")
        number = 1 + sum(called == self.called for called, _ in numbers.values())
        numbers[name] = self.called, number
        title = f"{self.called} {number}"
        exercise = titled(title, self.classes, self.parse_content_to_nodes())
        exercise["ids"] = [f"exercise-{name}"]
        exercise["check"] = {"name": name} | self.options
        self.set_source_info(exercise)
        if hint := self.options.get("hint"):
            told, messages = self.parse_inline(hint)
            exercise += titled(
                "手がかり", ("dropdown",), [nodes.paragraph(hint, "", *told), *messages]
            )
        return [exercise]


class Question(Exercise):
    """An exercise of the text itself, not of the section of exercises."""

    called = "問い"


class Predict(Exercise):
    """A choice to be made before what stands between it and its solution is shown."""

    called = "予想"
    classes = ("exercise", "predict")

    def run(self) -> list[nodes.Node]:
        """An exercise whose kind is choice."""
        self.options["kind"] = "choice"
        return super().run()


class Solution(SphinxDirective):
    """The answer in words, folded, under the number of its exercise."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A folded admonition."""
        (name,) = self.arguments
        numbers = self.env.temp_data.get(NUMBERS, {})
        if name not in numbers:
            raise self.error(f"no exercise before this is called {name}")
        called, number = numbers[name]
        title = SOLVED[called].format(number)
        solution = titled(title, ("dropdown",), self.parse_content_to_nodes())
        solution["ids"] = [f"solution-{name}"]
        return [solution]


def titled(title: str, classes: tuple[str, ...], content: list[nodes.Node]) -> nodes.admonition:
    """An admonition of these classes."""
    return nodes.admonition("", nodes.title(title, title), *content, classes=list(classes))


def last_list(block: nodes.Element | None) -> nodes.Element | None:
    """The last ordered list of a question or a solution: choices, or what is said of each."""
    lists = [child for child in block or () if isinstance(child, nodes.enumerated_list)]
    return lists[-1] if lists else None


def compare_choices(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of a choice that is not explained, an answer that is none of them, a prediction of nothing."""
    admonitions = list(doctree.findall(nodes.admonition))
    by_id = {node["ids"][0]: node for node in admonitions if node["ids"]}
    for exercise in admonitions:
        check: dict[str, str] = exercise.get("check", {})
        if check.get("kind") != "choice":
            continue
        name = check["name"]
        solution = by_id.get(f"solution-{name}")
        choices, told = len(last_list(exercise) or ()), len(last_list(solution) or ())
        if choices != told:
            words = "%s: of %d choices, the last list of the solution explains %d"
            logger.warning(words, name, choices, told, location=exercise)
        if check["answer"] not in map(str, range(1, choices + 1)):
            logger.warning("%s: no choice is the answer", name, location=exercise)
        if "predict" in exercise["classes"]:
            following = list(exercise.findall(include_self=False, descend=False, siblings=True))
            if solution not in following[1:]:  # the first is what is predicted
                logger.warning("%s: nothing to be predicted", name, location=exercise)


def encoded(node: nodes.Element) -> str:
    """What live/quiz.js needs to check an answer, so that nobody reads it by accident; no secret."""
    check = {
        key: node["check"][key] for key in ("kind", "answer", "tolerance") if key in node["check"]
    }
    return b64encode(json.dumps(check).encode()).decode()


def is_checked(node: nodes.Node) -> bool:
    """Whether the node is an exercise whose answer the page can check."""
    return isinstance(node, nodes.admonition) and "answer" in node.get("check", {})


def write_program(app: Sphinx, exception: Exception | None) -> None:
    """The program that asks, as one classic script, so that it also runs in a page opened as a file."""
    if not exception and app.builder.name == "html":
        bundle(Path(app.outdir, "_static", "live"), SOURCES / "quiz.js", form="iife")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives."""
    app.add_directive("exercise", Exercise)
    app.add_directive("question", Question)
    app.add_directive("predict", Predict)
    app.add_directive("solution", Solution)
    app.connect("doctree-read", compare_choices)
    app.connect("build-finished", write_program)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
