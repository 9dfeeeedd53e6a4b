import dataclasses
from xml.etree import ElementTree

import chihaya
from chihaya.figures import recital_table

POEMS = chihaya.load_poems()[:2]


def test_right_and_wrong_verses_are_told_apart() -> None:
    table = ElementTree.fromstring(
        recital_table.draw(POEMS, [POEMS[0].shimo_kana, "あ" + POEMS[1].shimo_kana[1:]])
    )
    head, *rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    assert head == ["番", "正誤", "決まり字", "唱えた下の句", "正しい下の句"]
    assert [row[1] for row in rows] == ["○", "×"]
    assert rows[1][3] == "あ" + POEMS[1].shimo_kana[1:]
    assert rows[1][4] == POEMS[1].shimo_kana
    assert ["".join(wrong.itertext()) for wrong in table.iter("u")] == ["あ"]


def test_what_is_missing_or_too_much_is_marked_wrong() -> None:
    assert recital_table.mark("か", "から").count("<u") == 1
    assert recital_table.mark("からく", "から").count("<u") == 1


def test_markup_is_text_wherever_it_comes_from() -> None:
    poem = dataclasses.replace(POEMS[0], kimariji="<b>", shimo_kana="</td>")
    table = ElementTree.fromstring(recital_table.draw([poem], ["<u>&"]))
    _, row = table.iter("tr")
    assert ["".join(cell.itertext()) for cell in row] == ["1", "×", "<b>", "<u>&＿", "</td>"]
