"""The search finds Japanese: in compounds, over line breaks of the source, in each way of writing."""

import pytest
from engines import Window

FOUND = {
    # words inside compounds
    "学習曲線": "chihaya",
    "自己注意": "attention",
    "多頭": "attention",
    "接続": "transformer",
    "交差注意": "transformer",
    "教師強制": "mirror",
    "頭辞木": "kimariji",
    "貪欲": "chihaya",
    "中央値": "speed",
    "Muon": "speed",
    "キャッシュ": "chihaya",
    "早期終了": "own-pairs",
    # kanji
    "正多面体": "duality",
    "位置符号化": "positional-encoding",
    "信頼区間": "evaluation",
    "文献": "references",
    # kana
    "むすめふさほせ": "kimariji",
    "さんびゃく": "own-pairs",
    "自分の言葉で": "own-pairs",
    "ちはやふる": "chihaya",
    "ありえない": "unreasonable-effectiveness",
    "ニーチェ": "index",
    # rōmaji and English, in any case and width
    "kimariji": "kimariji",
    "SOFTMAX": "duality",
    "ｓｏｆｔｍａｘ": "duality",
    "positional encoding": "positional-encoding",
    "teacher forcing": "mirror",
    "Sejnowski": "references",
    "Wigner": "unreasonable-effectiveness",
    # what students and instructors say
    "エンコーダ": "notation",
    "デコーダ": "notation",
    "アテンション": "notation",
    "マルチヘッド": "notation",
    "露出バイアス": "mirror",
    "KL": "notation",
    "双対間隙": "duality",
    "フォーク": "teaching",
    "回転行列": "notation",
    "オーバーフィッティング": "notation",
    "凸包": "duality",
    "双極定理": "duality",
    "エポック": "notation",
    "ドロップアウト": "notation",
    "スキップ接続": "notation",
    "クエリ": "notation",
    "損失関数": "notation",
    # poets
    "在原業平": "poems",
    "小野小町": "poems",
    "藤原定家": "poems",
    "定家": "poems",
    # first kana of poems, and a verse in kanji
    "ちはやぶる": "poems",
    "めぐりあひて": "poems",
    "花の色は": "poems",
    # over a line break of the source, with its punctuation, which a reader may type in half width
    "用心するがよい。そして，君が": "index",
    "用心するがよい。そして,君が": "index",
    # several words, in any order
    "用語 記号": "notation",
    "注意 順序": "positional-encoding",
}
ASKED = {
    # a student
    "トランスフォーマー": "notation",
    "ソフトマックス": "duality",
    "過学習": "own-pairs",
    "汎化": "own-pairs",
    "ビームサーチ": "notation",
    "ハルシネーション": "notation",
    "トークナイザ": "notation",
    "誤差逆伝播": "notation",
    "パープレキシティ": "notation",
    "正則化": "notation",
    "生成AI": "notation",
    "シード": "notation",
    "RoPE": "positional-encoding",
    "Attention Is All You Need": "references",
    # a player of karuta
    "競技かるた": "kimariji",
    "友札": "kimariji",
    "大山札": "kimariji",
    "読手": "kimariji",
    "一字決まり": "notation",
    "取り札": "poems",
    "決まり字 一覧": "poems",
    "紫式部": "poems",
    "いまはただ": "poems",
    # an instructor
    "シラバス": "syllabus",
    "授業計画": "teaching",
    "宿題": "teaching",
    "到達目標": "syllabus",
    "成績評価": "syllabus",
    "オフライン": "classroom",
    "ライセンス": "teaching",
    "前提知識": "preparation",
    "線形代数": "preparation",
    "練習問題": "index",
}
"""Thirty words that people type, most of them not those in which the book says it."""
NONSENSE = ("鸚鵡貝の回文", "ぬるぽぽん", "qwertyzxcv")
RESULTS = "[...document.querySelectorAll('.results a')].map(link => link.getAttribute('href'))"
STATUS = "document.querySelector('[role=status]').textContent"


@pytest.fixture(scope="module")
def search_page(window: Window) -> Window:
    window.goto("search.html")
    return window


def results(window: Window, query: str) -> list[str]:
    """The addresses that the page lists while a query stands in the box."""
    window.fill(".search input", query)
    addresses: list[str] = window.evaluate(RESULTS)
    return addresses


@pytest.mark.parametrize(("query", "name"), [*FOUND.items(), *ASKED.items()])
def test_the_right_page_is_first_or_second(search_page: Window, query: str, name: str) -> None:
    addresses = results(search_page, query)
    assert f"{name}.html" in [found.partition("#")[0] for found in addresses[:2]], addresses


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_not_found(search_page: Window, query: str) -> None:
    assert results(search_page, query) == []
    assert search_page.evaluate(STATUS) == f"「{query}」は見つからない"


def test_what_is_found_is_marked_and_leads_to_its_section(window: Window) -> None:
    """From the box of another page, by the keyboard alone."""
    window.resize(1280, 900)
    window.goto("notation.html")
    window.fill("#menu input", "自己注意")
    window.press("Enter")
    window.until("location.search && document.querySelector('.results li')")
    marks = "[...document.querySelectorAll('.results li:first-child mark')]"
    assert set(window.evaluate(f"{marks}.map(mark => mark.textContent)")) == {"自己注意"}
    window.focus(".results a")
    window.press("Enter")
    window.until("location.hash && document.querySelector(':target')")
    assert "自己注意" in window.evaluate("document.querySelector(':target').textContent")
