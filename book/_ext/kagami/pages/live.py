"""Live parts: programs that run in the reader's page, in live/; on the page, `{live} PART`.

    ```{live} listen
    :poem: 17
    What stands there without JavaScript, in print and in the notebook: a sentence, a picture.
    ```

The part is fetched when the reader asks for it, so that a page is no heavier for having one.
"""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from shutil import copyfile
from typing import Any

from chihaya.corpora import dates
from chihaya.poems import load_poems
from chihaya.storage import SHIPPED
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from kagami.notebooks.repository import ROOT

SOURCES = ROOT / "live"
NAMES = {
    "listen": "聞いてみる",
    "train": "学習してみる",
    "shift": "ずらしてみる",
    "karuta": "かるたを取る",
    "attention": "数を動かす",
    "encoding": "波を動かす",
    "forward": "一段ずつ進める",
    "own": "自分の言葉を教える",
}
"""What the button says that starts a part."""
RECITING = {"listen", "karuta", "forward"}
"""The parts for which the model is fetched: what it weighs is said before."""


class live(nodes.container):  # noqa: N801  # docutils names visitors after it
    """A place for a part; what it holds stands there until the part is started."""


class Live(SphinxDirective):
    """A part by its name, with what stands there without it."""

    required_arguments = 1
    has_content = True
    option_spec = {"poem": directives.positive_int, "seed": directives.positive_int}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Its place."""
        (part,) = self.arguments
        if part not in NAMES:
            raise self.error(f"no live part is called {part}: {', '.join(NAMES)}")
        place = live("", *self.parse_content_to_nodes(), part=part, page=self.env.docname)
        place["ids"] = [f"live-{part}"]
        place["options"] = self.options
        return [place]


def visit_live(self: HTML5Translator, node: live) -> None:
    """A place that book.js finds, with the button that starts the part, for those whose browser can."""
    options = {f"data-{name}": value for name, value in node["options"].items()}
    weight = (
        f"{SHIPPED.stat().st_size / 1000:.0f} KB を読み込む" if node["part"] in RECITING else ""
    )
    self.body += [
        self.starttag(node, "div", CLASS="live", **{"data-part": node["part"]}, **options),
        f'<p><button type="button" hidden>{NAMES[node["part"]]}</button>'
        f' <span role="status">{weight}</span></p>\n',
    ]


def depart_live(self: HTML5Translator, node: live) -> None:
    """The end of the place."""
    self.body.append("</div>\n")


def write_programs(app: Sphinx, exception: Exception | None) -> None:
    """The parts as browsers take them, with the model and the poems, in _static/live."""
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir, "_static", "live")
    sources = [
        SOURCES / "start.js",
        SOURCES / "live.css",
        SOURCES / "training" / "worker.js",
        *sorted((SOURCES / "parts").glob("*.js")),
    ]
    bundle(folder, *sources, form="esm")
    copyfile(SHIPPED, folder / SHIPPED.name)
    (folder / "poems.json").write_text(poems(), encoding="utf-8")
    (folder / "dates.json").write_text(as_json([each._asdict() for each in dates()]), "utf-8")


def bundle(folder: Path, *sources: Path, form: str) -> None:
    """Put programs, small and with all that they import, into a folder: names as they are, none of its own.

    As modules (`esm`) they share what they have in common; a classic script (`iife`) has it all.
    """
    command = ["npx", "esbuild", *map(str, sources), "--bundle", f"--format={form}"]
    if form == "esm":
        command.append("--splitting")
    options = ["--minify", "--target=es2022", "--entry-names=[name]", "--log-level=warning"]
    subprocess.run([*command, *options, f"--outdir={folder}"], cwd=ROOT, check=True)


def poems() -> str:
    """The poems as JavaScript reads them."""
    rows: list[dict[str, Any]] = []
    for poem in load_poems():
        row = asdict(poem)
        rows.append(row | {"kamiKana": row.pop("kami_kana"), "shimoKana": row.pop("shimo_kana")})
    return as_json(rows)


def as_json(rows: list[dict[str, Any]]) -> str:
    """Rows for a program in the page."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive; bundle the parts when the pages are written."""
    app.add_node(live, html=(visit_live, depart_live), revealjs=(visit_live, depart_live))
    app.add_directive("live", Live)
    app.connect("build-finished", write_programs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
