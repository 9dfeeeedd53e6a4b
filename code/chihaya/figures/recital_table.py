"""What was recited beside what is true, kana by kana, as an HTML table."""

from collections.abc import Sequence
from html import escape
from itertools import zip_longest

from chihaya.poems import Poem

_RIGHT = "color:light-dark(#0a7d55,#5fcf9f)"
_WRONG = "color:light-dark(#c8400a,#ff9466)"
_CELL = "text-align:left;padding:.15em .4em;white-space:nowrap"


def draw(poems: Sequence[Poem], recited: Sequence[str]) -> str:
    """An HTML table of all poems: wrong kana are red and underlined."""
    rows = "".join(
        f'<tr><td style="{_CELL}">{poem.no}</td>'
        f'<td style="{_CELL}">{"○" if said == poem.shimo_kana else "×"}</td>'
        f'<td style="{_CELL}">{escape(poem.kimariji)}</td>'
        f'<td style="{_CELL}">{mark(said, poem.shimo_kana)}</td>'
        f'<td style="{_CELL}">{escape(poem.shimo_kana)}</td></tr>'
        for poem, said in zip(poems, recited, strict=True)
    )
    head = "".join(
        f'<th scope="col" style="{_CELL}">{name}</th>'
        for name in ("番", "正誤", "決まり字", "唱えた下の句", "正しい下の句")
    )
    return (
        '<div style="max-height:24em;overflow:auto" tabindex="0" role="group" '
        'aria-label="唱えた下の句の一覧">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def mark(said: str, true: str) -> str:
    """The kana said, each coloured by whether the true verse has it at that place."""
    return "".join(
        f'<span style="{_RIGHT}">{escape(kana)}</span>'
        if kana == wanted
        else f'<u style="{_WRONG}">{escape(kana or "＿")}</u>'
        for kana, wanted in zip_longest(said, true, fillvalue="")
    )
