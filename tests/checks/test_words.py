"""One word for each thing: textlint refuses another in prose, by the rules in prh.yml."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def textlint(folder: Path, prose: str) -> str:
    """What textlint with the book's own rules says of a page."""
    page = folder / "page.md"
    page.write_text(prose, encoding="utf-8")
    run = subprocess.run(
        ["npx", "textlint", "--format", "unix", str(page)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert not run.stderr
    return run.stdout


WRONG = {
    "正答率は高い。": "正解率",
    "得点をソフトマックスに渡す。": "ソフトマックス関数",
    "得点を softmax に渡す。": "ソフトマックス関数",
    "アテンションを計算する。": "注意",
    "エンコーダーが読む。": "符号器",
    "デコーダが書く。": "復号器",
    "クエリを作る。": "問い合わせ",
    "値踏みの総額である。": "値付け",
    "この頁で確かめる。": "この章",
    "ベクトルの次元数である。": "成分の数",
}


def test_each_wrong_word_is_caught_with_the_right_one(tmp_path: Path) -> None:
    said = textlint(tmp_path, "\n\n".join(WRONG)).splitlines()
    for line, (prose, right) in zip(range(1, 2 * len(WRONG), 2), WRONG.items(), strict=True):
        assert any(f"page.md:{line}:" in each and f"=> {right} " in each for each in said), prose


@pytest.mark.parametrize(
    "prose",
    [
        "正解率は高い。",
        "得点をソフトマックス関数（softmax）に渡す。",
        "`softmax` は四つ目の演算である。",
        "高次元の空間を考える。",
        "```{glossary}\n符号器\nエンコーダ\n  列を読む。\n```",
    ],
)
def test_the_right_word_a_name_of_code_and_the_glossary_pass(tmp_path: Path, prose: str) -> None:
    assert "/prh]" not in textlint(tmp_path, f"{prose}\n")
