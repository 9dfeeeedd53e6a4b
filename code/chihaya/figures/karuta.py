"""A poem as its two karuta cards, in HTML with its own style, for pages and notebooks alike."""

import unicodedata
from html import escape

from chihaya.figures.style import CARD_EDGE, CARD_INK, CARD_PAPER
from chihaya.poems import Poem

_FIGURE = (
    "display:flex;flex-wrap:wrap;justify-content:center;gap:.75em;margin:1.5em 0;"
    "font:clamp(.8rem,3.6vw,1.2rem)/2 Poem,'Hiragino Mincho ProN','Yu Mincho',"
    "'Noto Serif JP','Noto Serif CJK JP',serif"
)
_CARD = (
    "box-sizing:border-box;width:12em;height:17em;padding:.7em;"
    f"border:.35em solid {CARD_EDGE};border-radius:.3em;background:{CARD_PAPER};color:{CARD_INK};"
    "writing-mode:vertical-rl;"
    "display:flex;flex-direction:column;justify-content:center;text-align:start;"
    "word-break:auto-phrase"
)


def draw(poem: Poem) -> str:
    """The card that is read (読み札), the whole poem, and the card that is taken (取り札).

    The taking card has the lower verse alone, in kana, in three columns of five, as on a
    karuta card; the last column has four to six, by the length of the verse. As in the
    manuscripts it follows, no kana on it carries a 濁点.
    """
    kana = _unvoiced(poem.shimo_kana)
    reading = (
        _column(poem.kami, "font-size:.9em;line-height:2.4")
        + _column(poem.shimo, "font-size:.9em;line-height:2.4;padding-top:1em")
        + _column(poem.poet, "font-size:.8em;line-height:2.4;align-self:end")
    )
    taking = "".join(
        _column(column, "font-size:2.25em;line-height:1.45;letter-spacing:.08em")
        for column in (kana[:5], kana[5:10], kana[10:])
    )
    return (
        f'<figure class="karuta" style="{_FIGURE}">'
        f'<div style="{_CARD}">{reading}</div><div style="{_CARD}">{taking}</div>'
        f'<figcaption style="flex-basis:100%;text-align:center">{poem.no} 番の読み札と取り札'
        "</figcaption></figure>"
    )


def _unvoiced(kana: str) -> str:
    """The kana without 濁点 and 半濁点: みづ as みつ."""
    letters = unicodedata.normalize("NFD", kana)
    return "".join(each for each in letters if not unicodedata.combining(each))


def _column(text: str, style: str) -> str:
    return f'<p style="margin:0;{style}">{escape(text)}</p>'
