"""Write a page's text as plain Markdown, as Colab and JupyterLab understand it.

What MyST adds to Markdown is gone from the resolved document: every reference, citation,
number and glued value stands there as text. Left to write is what Jupyter shows well.
A kind of node without a method here or in sphinx-markdown-builder is a warning.
"""

import re
from urllib.parse import quote

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.util.math import get_node_equation_number
from sphinx_markdown_builder.contexts import (
    IndentContext,
    SubContext,
    SubContextParams,
    WrappedContext,
)
from sphinx_markdown_builder.translator import MarkdownTranslator

from kagami.notebooks.student import answer
from kagami.pages.live import NAMES, live

# Characters that Markdown, or the mathematics and the HTML in it, would take for its own.
SPECIAL = re.compile(r"[\\*`$<~]|(?<!\w)_|_(?!\w)")
PARAGRAPH = SubContextParams(prefix_eol=2, suffix_eol=2)


def is_code_cell(node: nodes.Node) -> bool:
    """Whether myst-nb made this node of a code cell."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def fragment(document: nodes.document, target: str) -> str:
    """The end of an address that leads to the section `target`: Jupyter knows headings alone."""
    for section in document.findall(nodes.section):
        if target in section["ids"]:
            heading = next(section.findall(nodes.title)).astext()
            return "#" + heading.replace(" ", "-")
    return ""


class NotebookTranslator(MarkdownTranslator):  # type: ignore[misc]  # it has no types
    """Fills `cells`: the Markdown of each stretch of text, the index of each code cell, each answer."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.cells: list[str | int | answer] = []

    def end_markdown(self) -> None:
        """Make what was written since the last code cell a cell of its own."""
        (context,) = self._ctx_queue
        self._ctx_queue[0] = SubContext()
        if text := context.make().strip():
            self.cells.append(text)

    def depart_document(self, node: nodes.document) -> None:
        self.end_markdown()

    def visit_container(self, node: nodes.container) -> None:
        if is_code_cell(node):
            self.end_markdown()
            self.cells.append(node["cell_index"])

    def visit_answer(self, node: answer) -> None:
        self.end_markdown()
        self.cells.append(node)

    def skip(self, node: nodes.Element) -> None:
        """Leave out what a reader does not see."""
        raise nodes.SkipNode

    def unmarked(self, node: nodes.Element) -> None:
        """Add nothing to what the node holds."""

    def end(self, node: nodes.Element) -> None:
        """Close what the method that visited the node began."""
        self._pop_context()

    visit_comment = visit_label = skip
    visit_target = visit_legend = depart_answer = unmarked  # no anchors, see `fragment`

    def visit_raw(self, node: nodes.raw) -> None:
        """HTML has no place in a page's text."""
        self.unknown_visit(node)
        raise nodes.SkipNode

    # Inline

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        self.add(SPECIAL.sub(r"\\\g<0>", node) if self.status.escape_text else node)

    def visit_emphasis(self, node: nodes.emphasis) -> None:
        self.add("*")

    def depart_emphasis(self, node: nodes.emphasis) -> None:
        self.add("*")

    def visit_literal(self, node: nodes.literal) -> None:
        fence = "``" if "`" in node.astext() else "`"
        self.add(f"{fence}{node.astext()}{fence}")
        raise nodes.SkipNode

    def visit_math(self, node: nodes.math) -> None:
        tex = node.astext()
        if any(isinstance(context, TableCell) for context in self._ctx_queue):
            tex = tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
        self.add(f"${tex}$")
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.reference) -> None:
        address = re.sub(r"[ ()]", lambda character: quote(character[0]), self.address(node))
        self._push_context(WrappedContext("[", f"]({address})") if address else SubContext())

    depart_reference = end

    def address(self, node: nodes.reference) -> str:
        """Where a reference leads; empty where a notebook has nothing to link to."""
        if "refid" in node:
            return fragment(self.document, node["refid"])
        address: str = self.builder.cited.get(node["refuri"], node["refuri"])
        return address

    def visit_live(self, node: live) -> None:
        self.add("", prefix_eol=2)

    def depart_live(self, node: live) -> None:
        place = f"{self.builder.get_target_uri(node['page'])}#{node['ids'][0]}"
        self.add(
            f"[この本の頁で動かす：{NAMES[node['part']]}]({place})", prefix_eol=2, suffix_eol=2
        )

    def visit_image(self, node: nodes.image) -> None:
        self.add(f"![{node.get('alt', '')}]({self.builder.source(node['uri'])})")

    # Blocks

    def visit_math_block(self, node: nodes.math_block) -> None:
        number = rf" \tag{{{get_node_equation_number(self, node)}}}" if node["number"] else ""
        self.add(f"$$\n{node.astext().strip()}{number}\n$$", prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        self._push_context(IndentContext("> ", empty=True, params=PARAGRAPH))

    def visit_attribution(self, node: nodes.attribution) -> None:
        self._push_context(SubContext(PARAGRAPH))
        self.add("— ")

    def visit_admonition(self, node: nodes.Element) -> None:
        titled = isinstance(node[0], nodes.title)  # by the notebook with solutions, written before
        if node.tagname in admonitionlabels and not titled:
            node.insert(0, nodes.title("", admonitionlabels[node.tagname]))
        if "dropdown" in node["classes"]:
            self._push_context(WrappedContext("<details>\n", "\n\n</details>", params=PARAGRAPH))
        else:
            self.visit_block_quote(node)

    def visit_title(self, node: nodes.title) -> None:
        if isinstance(node.parent, nodes.section):
            super().visit_title(node)
        elif isinstance(node.parent, nodes.table):
            self.visit_caption(node)
        elif "dropdown" in node.parent["classes"]:
            self._push_context(WrappedContext("<summary>", "</summary>", params=PARAGRAPH))
        else:
            self._push_context(WrappedContext("**", params=PARAGRAPH))

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        self._start_list(node.get("start", 1) - 1)

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        self._start_list("-")

    def visit_definition_list_item(self, node: nodes.definition_list_item) -> None:
        self._start_list_item()

    def visit_term(self, node: nodes.term) -> None:
        self.add("，" if node.parent.index(node) else "")
        self._push_context(WrappedContext("**"))

    def visit_definition(self, node: nodes.definition) -> None:
        self.add("：")
        self._push_context(SubContext())

    def visit_citation(self, node: nodes.citation) -> None:
        self._push_context(IndentContext("- ", only_first=True))

    visit_note = visit_tip = visit_warning = visit_important = visit_admonition
    depart_note = depart_tip = depart_warning = depart_important = depart_admonition = end
    depart_admonition = depart_block_quote = depart_attribution = depart_title = end
    depart_term = depart_definition = depart_definition_list_item = depart_citation = end
    depart_definition_list = MarkdownTranslator.depart_bullet_list

    # Figures and tables

    def visit_figure(self, node: nodes.figure) -> None:
        self.ensure_eol(2)

    def visit_caption(self, node: nodes.Element) -> None:
        """The number by which the text refers to the figure or table, and its caption."""
        kind = "table" if isinstance(node.parent, nodes.table) else "figure"
        numbers = self.builder.fignumbers.get(kind, {})
        self._push_context(SubContext(PARAGRAPH))
        for name in node.parent["ids"][:1]:
            self.add(f"**{self.config.numfig_format[kind] % numbers[name]}** ")

    def visit_table(self, node: nodes.table) -> None:
        self._push_context(SubContext(PARAGRAPH))

    def visit_tbody(self, node: nodes.tbody) -> None:
        """Markdown has no table without a head: where there is none, it is empty."""
        columns = node.parent["cols"]
        if not any(isinstance(part, nodes.thead) for part in node.parent):
            self.add("|" + "  |" * columns, prefix_eol=1)
        self.add("|" + " --- |" * columns, prefix_eol=1)

    def visit_row(self, node: nodes.row) -> None:
        self.add("|", prefix_eol=1)

    def visit_entry(self, node: nodes.entry) -> None:
        self._push_context(TableCell())

    depart_caption = depart_table = depart_entry = end
    visit_thead = depart_thead = depart_tbody = depart_row = unmarked


class TableCell(SubContext):  # type: ignore[misc]  # it has no types
    """One line, in which a bar would end the cell."""

    def make(self) -> str:
        return " " + " ".join(super().make().split()).replace("|", r"\|") + " |"
