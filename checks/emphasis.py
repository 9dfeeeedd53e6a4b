"""Find emphasis that CommonMark does not open or close: it shows as stars, with no warning.

It happens beside Japanese punctuation: `**「語」**と` stays as it is written. The pages are
read by the parser that reads them for the book; what is left of stars in their text is told.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

ROOT = Path(__file__).parents[1]
FORMAL = ("{math", "{toctree")
"""Directives that hold no text."""
OPTIONS = re.compile(r"\A(:[\w-]+:.*\n)+")


def book_parser() -> MarkdownIt:
    """The parser of the book; it keeps a star that the author has escaped apart."""
    parse = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["parse"]
    config = MdParserConfig(enable_extensions=set(parse["myst_enable_extensions"]))
    return create_md_parser(config, RendererHTML).disable("text_join")


def stars(text: str, parser: MarkdownIt) -> Iterator[tuple[int, str]]:
    """Of each paragraph that shows a star: the line it begins at, and it."""
    for line, passage in passages(text, parser):
        if any("*" in child.content for child in passage.children or [] if child.type == "text"):
            yield line, passage.content


def passages(
    text: str, parser: MarkdownIt, no_prose: tuple[str, ...] = FORMAL, before: int = 0
) -> Iterator[tuple[int, Token]]:
    """Each paragraph, heading, caption or the like: the line it begins at, after those `before`, and it."""
    for token in parser.parse(text):
        first = before + (token.map[0] if token.map else 0)
        if token.type in {"fence", "colon_fence"}:
            yield from in_directive(token, parser, no_prose, first + 1)
        elif token.type == "inline":
            yield first + 1, token


def in_directive(
    fence: Token, parser: MarkdownIt, no_prose: tuple[str, ...], before: int
) -> Iterator[tuple[int, Token]]:
    """The same for what a directive holds: text, or a cell with a caption and words for its picture."""
    name, _, title = fence.info.strip().partition("}")
    if name == "{code-cell":
        options = fence.content.split("---\n")[1] if fence.content.startswith("---\n") else ""
        told = (yaml.safe_load(options) or {}).get("mystnb", {})
        for text in (told.get("figure", {}).get("caption"), told.get("image", {}).get("alt")):
            yield from ((before, passage) for _, passage in passages(text or "", parser))
    elif name.startswith("{") and name not in no_prose:
        yield from ((before, heading) for _, heading in passages(title, parser))
        text = OPTIONS.sub(lambda options: "\n" * options[0].count("\n"), fence.content)
        yield from passages(text, parser, no_prose, before)


def main(paths: list[str]) -> None:
    """Tell of every star in these pages; the exit code is 1 if there is one."""
    parser = book_parser()
    found = [
        f"{path}:{line}: emphasis that is not one: {' '.join(text.split())}"
        for path in paths
        for line, text in stars(Path(path).read_text(encoding="utf-8"), parser)
    ]
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main(sys.argv[1:])
