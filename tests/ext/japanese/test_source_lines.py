import re
from collections.abc import Callable

import pytest

Build = Callable[..., str]

PAGE = """# 題

{text}

(place)=
## 場所

本文。
"""


def paragraph(html: str) -> str:
    found = re.search("<p>(.*?)</p>", html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("一行目，\n二行目", "一行目，二行目"),
        ("歌を\n唱える", "歌を唱える"),
        ("「語」\n（ことば）", "「語」（ことば）"),
        ("カー\nル", "カール"),
        ("**強調**\nする", "<strong>強調</strong>する"),
        ("次は\n**強調**", "次は<strong>強調</strong>"),
        ("Attention is\nall you need", "Attention is\nall you need"),
        ("は Transformer\nである", "は Transformer\nである"),
        ("図 1\nを見よ", "図 1\nを見よ"),
        ("50 %\n春\n夏", "50\u00a0%\n春夏"),
        ("である。\n50 % と", "である。50\u00a0% と"),
        ("Transformer\n（変換器）", "Transformer（変換器）"),
    ],
)
def test_breaks_beside_japanese_are_dropped(build: Build, source: str, shown: str) -> None:
    html = build(PAGE.format(text=source), "myst_parser", "kagami.japanese.source_lines")
    assert paragraph(html) == shown


def test_breaks_around_links_are_seen_by_the_text_of_the_link(build: Build) -> None:
    source = "これは\n{ref}`place`\nにある。\n[外](https://example.org)\nも。"
    html = build(PAGE.format(text=source), "myst_parser", "kagami.japanese.source_lines")
    assert re.sub("<[^>]*>", "", paragraph(html)) == "これは場所にある。外も。"


def with_formulas(build: Build, text: str) -> str:
    html = build(
        PAGE.format(text=text),
        "myst_parser",
        "kagami.pages.equations",
        "kagami.japanese.source_lines",
        myst_enable_extensions=["dollarmath"],
        html_math_renderer="temml",
    )
    return paragraph(html)


@pytest.mark.parametrize("formal", ["`code`", "$x$"])
def test_formulas_and_code_get_a_gap_beside_letters_only(build: Build, formal: str) -> None:
    text = with_formulas(build, f"位置\n{formal}\nを，\n{formal}\n。")
    assert "\n" not in text
    assert re.findall("gap-before|gap-after", text) == ["gap-before", "gap-after"]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("頂点の数 $V$，辺の数", ["V，"]),
        ("頂点の数\n$V$\n，辺の数（$E$）。", ["V，", "（E）。"]),
        ("「$n$ 個」", ["「n"]),
        ("$x$ と $y$ が", []),
    ],
)
def test_a_formula_stays_on_the_line_of_its_punctuation(
    build: Build, source: str, kept: list[str]
) -> None:
    text = with_formulas(build, source)
    spans = re.findall('<span class="unbroken">(.*?)</span>', text)
    assert [re.sub("<[^>]*>", "", span) for span in spans] == kept
    assert re.sub(r"<[^>]*>|\s", "", text) == re.sub(r"[$\s]", "", source)


def test_a_line_may_end_within_a_formula(build: Build) -> None:
    text = with_formulas(build, "位置\n$a = b + c$\nを")
    parts = re.findall("<math.*?</math>", text)
    assert [re.sub("<[^>]*>", "", part) for part in parts] == ["a=", "b+", "c"]
    assert [re.findall("gap-[a-z]*", part) for part in parts] == [["gap-before"], [], ["gap-after"]]
    assert "<wbr>".join(parts) in text


def test_a_line_may_end_between_formulas_that_only_punctuation_parts(build: Build) -> None:
    text = with_formulas(build, "$Q$，$K$（$V$）を")
    assert (
        re.sub("<math>.*?</math>", "…", text)
        == "<wbr>".join(
            f'<span class="unbroken">{part}</span>' for part in ("…，", "…", "（…）")
        ).replace('<span class="unbroken">…</span>', "…")
        + "を"
    )


@pytest.mark.parametrize(
    ("tex", "lines"),
    [
        (r"s_1, \dots, s_M", ["s1,", "…,", "sM"]),
        (r"y = \max_p x", ["y=", "maxp\u2061x"]),
    ],
)
def test_no_line_begins_with_a_comma_or_with_what_a_function_is_of(
    build: Build, tex: str, lines: list[str]
) -> None:
    parts = with_formulas(build, f"位置 ${tex}$ を").split("<wbr>")
    shown = [re.sub("<[^>]*>", "", part) for part in parts]
    assert shown == [f"位置 {lines[0]}", *lines[1:-1], f"{lines[-1]} を"]
