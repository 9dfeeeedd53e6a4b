from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from japanese_line_breaks import JoinJapaneseLines


def joined(*children: nodes.Node) -> str:
    document = new_document("page", get_default_settings(Parser))
    document += nodes.paragraph("", "", *children)
    JoinJapaneseLines(document).apply()
    return document.astext()


def text(*pieces: str) -> str:
    return joined(*(nodes.Text(piece) for piece in pieces))


def test_a_break_between_japanese_lines_goes() -> None:
    assert text("春は", "\n", "あけぼの。", "\n", "夏は夜。") == "春はあけぼの。夏は夜。"


def test_a_break_beside_latin_letters_stays() -> None:
    assert text("注意は", "\n", "softmax", "\n", "である。") == "注意は\nsoftmax\nである。"


def test_a_break_that_stays_is_not_taken_for_a_later_one() -> None:
    assert text("50 %", "\n", "春", "\n", "夏") == "50 %\n春夏"


def test_inline_mathematics_counts_as_japanese() -> None:
    children = [nodes.Text("幅は"), nodes.Text("\n"), nodes.math("", "d"), nodes.Text("である。")]
    assert joined(*children) == "幅はdである。"
