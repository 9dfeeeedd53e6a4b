"""Exercises: the question, how an answer is checked, and the solution, each told once in the page.

    ```{exercise} mirror-2          ```{solution} mirror-2
    :kind: number                   From 98.5 % …
    :answer: 81                     ```
    How many poems …?
    ```

Numbered in the order of the page; code cells with the tag `hide-cell` may follow a solution. What
checks an answer is kept on the node, for whatever asks the reader: `kind` is `number` (`answer`,
and `tolerance` if it is not exact), `choice` (`answer` is the number of the right one in the last
list of the question) or, without it, free.
"""

import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

KINDS = ("number", "choice", "free")
NUMBERS = "exercises"
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
        numbers[name] = len(numbers) + 1
        exercise = titled(f"練習 {numbers[name]}", "exercise", self.parse_content_to_nodes())
        exercise["ids"] = [f"exercise-{name}"]
        exercise["check"] = {"name": name} | self.options
        if hint := self.options.get("hint"):
            told, messages = self.parse_inline(hint)
            exercise += titled(
                "手がかり", "dropdown", [nodes.paragraph(hint, "", *told), *messages]
            )
        return [exercise]


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
        solution = titled(f"解答 {numbers[name]}", "dropdown", self.parse_content_to_nodes())
        solution["ids"] = [f"solution-{name}"]
        return [solution]


def titled(title: str, name: str, content: list[nodes.Node]) -> nodes.admonition:
    """An admonition of this class."""
    return nodes.admonition("", nodes.title(title, title), *content, classes=[name])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both directives."""
    app.add_directive("exercise", Exercise)
    app.add_directive("solution", Solution)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
