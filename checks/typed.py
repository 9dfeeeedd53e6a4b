"""Find numbers typed into the prose: what a page states is computed in a cell and glued (glue.py).

Digits alone: 百首 and 二つ are words. Code, formulas, links and references are left out; exercises,
too, for their answers are worked out of what the questions give, and what is measured stands in the
cell of the solution. A number that no cell can compute is listed below, with what makes it one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from emphasis import FORMAL, book_parser, passages
from markdown_it import MarkdownIt
from markdown_it.token import Token

NO_PROSE = (*FORMAL, "{exercise", "{question", "{predict", "{solution")
"""Directives whose numbers set a task or work it out, or that hold no text."""

DIGIT = re.compile(r"[0-9０-９]")
ELSEWHERE = "￼"
"""What stands for a formula, code, a role or a link."""

ANYWHERE = {
    r"(?<![\d.])[−±]?[01](?![\d.]| ?[首歩周組個枚回対人%])": "zero and one, of which mathematics speaks",
    r"(19|20)\d\d( ?年|$|\))": "a year",
    r"(練習|問い|予想|図|表|付録|脚注|スライド) ?\d[\d.]*(，\d)*|\d\.\d\.\d 節": "a place in a work",
    r"GPT-3|\d+(\.\d+)?[MB]\b|CC BY 4\.0|DaSiC 7": "a name",
    r"【[^】]+ \d+ 分】": "what a class does, and how long",
    r"95 % (の)?(信頼)?(区間|など|￼)|97\.5 % 点|1\.96": "the level at which all is tested, and its quantile",
}
"""What may stand on every page: a pattern, and why."""

REPORTED = {"100 %": "what the lecture reported"}
CHANCE = {"50 %": "as many articles by people as by machines: chance"}
NIETZSCHE = {"146，木場深定訳，岩波書店，120 ページ": "a place in a work"}
ON_PAGE: dict[str, dict[str, str]] = {
    "index": NIETZSCHE | REPORTED,
    "duality": {r"^\d+$|\d 時間|\d 点|\d 枚|\d 回|3 より": "a problem that the page makes up"},
    "mirror": REPORTED | {r"0\.001": "the lecture's setting"},
    "kimariji": {r"2\.5 %": "half of the level", "種 0": "a setting"},
    "own-pairs": {"から 9999|桁が 3 |300|4321|12 は，1234": "numbers that are read out"},
    "positional-encoding": {r"成分 \d+( と \d+)?|，28 と 29|底を 100|50 文字": "what is drawn"},
    "speed": {"256|種 0 から 4": "settings of bench/"},
    "evaluation": CHANCE
    | {
        "10 倍|10 兆個| 0 %": "what the line is asked for, and what it comes near",
        "5 %|1 % (の)?単位": "the level, and how the table is rounded",
    },
    "syllabus": {r"90 分|一回につき \d+ 分|\d+ %，|20 % と": "what a teacher sets"},
    "teaching": REPORTED
    | CHANCE
    | {"^[1-5]$": "which lecture", r"\d+〜\d+|\d+ 分": "the plan of a lecture"},
    "1-mirror-duality": NIETZSCHE,
    "4-answer-kimariji": REPORTED,
    "6-one-class": REPORTED,
    "5-evaluation-effectiveness": CHANCE | {"10 倍": "what the line is asked for"},
}
"""What a page itself sets or quotes: its patterns, and why."""


def typed(text: str, parser: MarkdownIt, page: str = "") -> Iterator[tuple[int, str]]:
    """Of each passage with a number that nothing above allows: its line, and it."""
    allowed = re.compile("|".join([*ON_PAGE.get(page, {}), *ANYWHERE]))
    for line, passage in passages(text, parser, NO_PROSE):
        if DIGIT.search(allowed.sub("", prose(passage))):
            yield line, passage.content


def prose(passage: Token) -> str:
    """The words of a passage alone."""
    words, in_link = "", 0
    for child in passage.children or []:
        in_link += child.nesting * child.type.startswith("link_")
        if child.type == "softbreak":
            words += "\n"
        elif not child.nesting:
            words += child.content if child.type.startswith("text") and not in_link else ELSEWHERE
    return words


def main(paths: list[str]) -> None:
    """Tell of every typed number in these pages; the exit code is 1 if there is one."""
    parser = book_parser()
    found = [
        f"{path}:{line}: a number that is typed: {' '.join(text.split())}"
        for path in paths
        for line, text in typed(Path(path).read_text(encoding="utf-8"), parser, Path(path).stem)
    ]
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main(sys.argv[1:])
