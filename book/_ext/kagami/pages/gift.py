"""The exercises as GIFT, which Moodle and other systems read: `exercises.gift`, beside the pages.

A number with its tolerance, a choice with what there is to say of each, anything else as an essay.
They are those that the notebooks check, see chihaya.exercises.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from chihaya.exercises import Exercise, load_exercises
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx.application import Sphinx

NAME = "exercises.gift"
SPECIAL = re.compile(r"[\\~=#{}:]")


def formula(tex: str, options: dict[str, Any]) -> str:
    """As MathJax reads it in Moodle."""
    return rf"\[{escape(tex)}\]" if options["display_mode"] else rf"\({escape(tex)}\)"


MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, renderer=formula)


def literal(text: str) -> str:
    r"""Text in which GIFT finds nothing of its own: a break is \n."""
    return SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")


def html(markdown: str) -> str:
    """Markdown as HTML in GIFT."""
    return literal(MARKDOWN.render(markdown).strip())


def inline(markdown: str) -> str:
    """One line of Markdown as HTML in GIFT."""
    return literal(MARKDOWN.renderInline(markdown))


def answers(exercise: Exercise) -> Iterator[str]:
    """What stands in the braces of a question."""
    if exercise["kind"] == "number":
        tolerance = f":{exercise['tolerance']}" if "tolerance" in exercise else ""
        yield f"#{exercise['answer']}{tolerance}"
    if exercise["kind"] == "choice":
        told = zip(exercise["choices"], exercise["explanations"], strict=True)
        for number, (choice, explanation) in enumerate(told, start=1):
            yield f"{'=' if number == exercise['answer'] else '~'}{inline(choice)}"
            yield f"#{inline(explanation)}"


def gift(exercises: dict[str, Exercise], book: str, titles: dict[str, str]) -> str:
    """All exercises, those of each page as a category; `titles` are the pages'."""
    parts = []
    for page, group in groupby(exercises.items(), key=lambda item: item[1]["page"]):
        parts.append(f"$CATEGORY: {book}/{titles[page].replace('/', '//')}")
        for name, exercise in group:
            title = literal(f"{name} {titles[page]} {exercise['title']}")
            lines = "\n".join(answers(exercise))
            parts.append(f"::{title}::[html]{html(exercise['question'])}{{{lines}}}")
    return "\n\n".join(parts) + "\n"


def write_gift(app: Sphinx, exception: Exception | None) -> None:
    """Write the exercises of the pages of this book."""
    titles = {page: title.astext() for page, title in app.env.titles.items()}
    found = {name: each for name, each in load_exercises().items() if each["page"] in titles}
    if found and not exception and app.builder.name == "html":
        text = gift(found, app.config.html_title, titles)
        Path(app.outdir, NAME).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the file after the pages."""
    app.connect("build-finished", write_gift)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
