"""How long a chapter takes to read, said above it, and each section, and how hard, for whoever plans a class.

    ```{section-times}
    preparation:
      ベクトルと内積: 易
    ```

How hard a section is, its author says; its minutes are counted from the page as it stands. The
sections named must be the page's own, all of them and in order, its exercises apart: a section that
is new or has another name stops the build until somebody has judged it.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from kagami.pages.collected import exercises
from kagami.site.state import table

LETTERS, LINE, LOOK = 400, 4, 15
"""Letters of prose a minute; seconds for a line of a program, and for a figure, a formula, an output."""
RATES = (
    f"文章は一分に {LETTERS} 字，見えているプログラムは一行に {LINE} 秒，図，式，出力は一つに {LOOK} 秒として数えた。"
    "人を測った値ではない。部品を動かす時間と，練習を解く時間は含まない。"
)
LEVELS = ("易", "中", "難")
APART = ("確かめる", "練習")
"""Sections of questions and exercises: solving takes longer than reading."""
SITTING = 20
"""Minutes that are read at one time."""


class SectionTimes(nodes.General, nodes.Element):
    """The place of the table; `levels` is what the author says."""


class SectionTimesDirective(SphinxDirective):
    """Pages, their sections, and how hard each is."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The place, with what it says of each page."""
        levels = yaml.safe_load("\n".join(self.content))
        for page, sections in levels.items():
            if wrong := set(sections.values()) - set(LEVELS):
                raise self.error(f"{page}: {', '.join(map(str, wrong))}: not one of {LEVELS}")
        return [SectionTimes(levels=levels), nodes.paragraph(RATES, RATES)]


def seconds(node: nodes.Node) -> float:
    """How long a node takes to read. What is folded, and exercises, take none."""
    if isinstance(node, nodes.Text):
        return len("".join(node.split())) * 60 / LETTERS
    if not isinstance(node, nodes.Element) or is_apart(node):
        return 0
    if isinstance(node, nodes.literal_block):
        return (node.astext().count("\n") + 1) * LINE
    if is_looked_at(node):
        return LOOK
    return sum(map(seconds, node.children))


def is_apart(node: nodes.Element) -> bool:
    """Whether a reader may pass over it: a program that is folded, an exercise, a solution."""
    if node.get("hide_mode") == "all":
        return True
    if node.get("nb_element") == "cell_code_source":
        return "input" in node.parent.get("hide_mode", "")
    return isinstance(node, nodes.admonition) and bool(
        {"exercise", "dropdown"} & set(node["classes"])
    )


def is_looked_at(node: nodes.Element) -> bool:
    """Whether it is taken in as a whole."""
    return isinstance(node, nodes.image | nodes.math_block) or (
        node.get("nb_element") == "cell_code_output"
    )


def sections_of(doctree: nodes.document) -> Iterator[tuple[str, str, nodes.section]]:
    """Title, id and content of each section of a page, in order."""
    for section in doctree.findall(nodes.section):
        if isinstance(section.parent.parent, nodes.document):
            yield section[0].astext(), section["ids"][0], section


def rows(app: Sphinx, page: str, levels: dict[str, str], uri: str) -> Iterator[tuple[str, ...]]:
    """A row for a page, and one for each of its sections."""
    doctree: Any = app.env.get_doctree(page)
    sections = [each for each in sections_of(doctree) if each[0] not in APART]
    if (titles := [title for title, _, _ in sections]) != list(levels):
        raise ExtensionError(f"section-times: the sections of {page} are {titles}")
    asked = sum(each[0].astext().startswith("練習") for each in doctree.findall(nodes.admonition))
    exercises = f"（練習 {asked} 題）" if asked else ""
    title = escape(app.env.titles[page].astext())
    yield f'<strong><a href="{uri}">{title}</a></strong>{exercises}', "", minutes(doctree)
    for title, anchor, section in sections:
        yield f'<a href="{uri}#{anchor}">{escape(title)}</a>', levels[title], minutes(section)


def minutes(node: nodes.Node) -> str:
    """As it stands in the table."""
    return in_minutes(seconds(node))


def in_minutes(duration: float) -> str:
    """Seconds in words."""
    return f"{max(1, round(duration / 60))}\u00a0分"


class Rest(NamedTuple):
    """Where a chapter too long for one sitting is best left off: before the section `title`."""

    title: str
    anchor: str
    before: str
    after: str


def rest(doctree: nodes.document) -> Rest | None:
    """The section before which to rest, so that the longer part is shortest; in one sitting none."""
    total = seconds(doctree)
    if total <= SITTING * 60:
        return None
    before, title, anchor = min(
        starts(doctree, 0), key=lambda start: max(start[0], total - start[0])
    )
    return Rest(title, anchor, in_minutes(before), in_minutes(total - before))


def starts(node: nodes.Element, before: float) -> Iterator[tuple[float, str, str]]:
    """After how many seconds each section begins, within another or not, its title and id."""
    for child in node.children:
        if isinstance(child, nodes.section):
            yield before, child[0].astext(), child["ids"][0]
            yield from starts(child, before)
        before += seconds(child)


def add_reading(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template of a chapter, a page with exercises, its minutes and where to rest."""
    if doctree and any(exercises(doctree)):
        whole = app.env.get_doctree(page)
        context |= {"reading": minutes(whole), "rest": rest(whole)}


def visit_times(self: HTML5Translator, node: SectionTimes) -> None:
    """The table, at the very end, when all pages have been read."""
    app, here = self.builder.app, self.builder.current_docname
    lines = [
        row
        for page, levels in node["levels"].items()
        for row in rows(app, page, levels, app.builder.get_relative_uri(here, page))
    ]
    self.body.append(table(("章と節", "難しさ", "読む時間"), lines))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive and what writes its table."""
    app.add_node(SectionTimes, html=(visit_times, None))
    app.add_directive("section-times", SectionTimesDirective)
    app.connect("html-page-context", add_reading)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
