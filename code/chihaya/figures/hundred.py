"""All poems, with their readings, what decides them and what a model recites, in HTML."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from chihaya.poems import Poem, beginning_with

from .recital_table import mark

NAMES = {
    "中納言家持": "大伴家持",
    "参議篁": "小野篁",
    "河原左大臣": "源融",
    "中納言行平": "在原行平",
    "菅家": "菅原道真",
    "三条右大臣": "藤原定方",
    "貞信公": "藤原忠平",
    "中納言兼輔": "藤原兼輔",
    "参議等": "源等",
    "権中納言敦忠": "藤原敦忠",
    "中納言朝忠": "藤原朝忠",
    "謙徳公": "藤原伊尹",
    "右大将道綱母": "藤原道綱母",
    "儀同三司母": "高階貴子",
    "大納言公任": "藤原公任",
    "大弐三位": "藤原賢子",
    "左京大夫道雅": "藤原道雅",
    "権中納言定頼": "藤原定頼",
    "大納言経信": "源経信",
    "権中納言匡房": "大江匡房",
    "法性寺入道前関白太政大臣": "藤原忠通",
    "左京大夫顕輔": "藤原顕輔",
    "後徳大寺左大臣": "藤原実定",
    "皇太后宮大夫俊成": "藤原俊成",
    "後京極摂政前太政大臣": "九条良経",
    "鎌倉右大臣": "源実朝",
    "参議雅経": "飛鳥井雅経",
    "入道前太政大臣": "西園寺公経",
    "権中納言定家": "藤原定家",
    "従二位家隆": "藤原家隆",
}
"""Of poets whom the collection calls by office or title, the name they are looked for by."""


def draw(poems: Sequence[Poem], recited: Sequence[str]) -> str:
    """A list of the poems, each at the address #poem-NUMBER. `recited`: what is said to each 決まり字."""
    entries = [_entry(poems, *each) for each in zip(poems, recited, strict=True)]
    return f'<div class="hundred">{"".join(entries)}</div>'


def _entry(poems: Sequence[Poem], poem: Poem, said: str) -> str:
    rest = poem.kami_kana[len(poem.kimariji) :]
    links = [f'友札 <a href="#poem-{each.no}">{each.no}</a>' for each in friend(poems, poem)]
    name = f"（{NAMES[poem.poet]}）" if poem.poet in NAMES else ""
    right = said == poem.shimo_kana
    verdict = f"○ {escape(said)}" if right else f"× {mark(said, poem.shimo_kana)}"
    return (
        f'<div id="poem-{poem.no}"><h3>{poem.no} {escape(poem.poet)}{name}</h3>'
        f"<p>{ruby(poem.kami, poem.kami_kana)}<br>{ruby(poem.shimo, poem.shimo_kana)}</p>"
        f"<p><b>{escape(poem.kimariji)}</b>{escape(rest)}<br>{escape(poem.shimo_kana)}</p>"
        f"<small>{'<br>'.join([*links, f'モデル {verdict}'])}</small></div>"
    )


def friend(poems: Sequence[Poem], poem: Poem) -> list[Poem]:
    """友札: the poem left beside this one until the last kana of its 決まり字, if there is just one."""
    left = [each for each in beginning_with(poems, poem.kimariji[:-1]) if each is not poem]
    return left if len(left) == 1 else []


def ruby(verse: str, kana: str) -> str:
    """The verse with its reading over whatever is no kana."""
    return "".join(
        escape(part)
        if part == reading
        else f"<ruby>{escape(part)}<rt>{escape(reading)}</rt></ruby>"
        for part, reading in read(verse, kana)
    )


def read(verse: str, kana: str) -> Iterator[tuple[str, str]]:
    """The parts of a verse and how each is read.

    The kana in the verse tell where the readings of what stands between them begin and end. Where
    they leave two ways (吉野の: よしの no, or よし no), what is read differently is one part.
    """
    parts = re.findall("[ぁ-ゖ]|[^ぁ-ゖ]+", verse)
    ways = list(_ends(parts, kana))
    if not ways:  # a verse of one's own, whose kana say something else
        yield verse, kana
        return
    text, start = "", 0
    for part, ends in zip(parts, zip(*ways, strict=True), strict=True):
        text += part
        if len(set(ends)) == 1:  # wherever the readings before it end
            yield text, kana[start : ends[0]]
            text, start = "", ends[0]


def _ends(parts: Sequence[str], kana: str, start: int = 0) -> Iterator[tuple[int, ...]]:
    """Every way in which the parts can be read one after the other: where in `kana` each ends."""
    if not parts:
        if start == len(kana):
            yield ()
        return
    part, *rest = parts
    if re.match("[ぁ-ゖ]", part):
        ends = range(start + 1, start + 1 + kana.startswith(part, start))
    else:  # no character is read as nothing
        ends = range(start + len(part), len(kana) + 1)
    for end in ends:
        for others in _ends(rest, kana, end):
            yield end, *others
