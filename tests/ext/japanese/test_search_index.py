"""What of a page can be found, and under which heading."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from kagami.japanese.search_index import text

SOURCE = """# 題

前の *文* と $x$ と $\\frac{a}{b}$。

## 節 `<b>`

- 一つ目
- 二つ目

```python
print("式")
```

![絵の説明](https://example.org/x.svg)

<p>HTML の語</p>

<div id="poem-1"><h3>一 天智</h3><p><ruby>秋<rt>あき</rt></ruby>の<b>田</b></p><small>注</small></div>

### 小節

深い文。
"""


@pytest.fixture
def sections(page: Callable[..., BeautifulSoup], tmp_path: Path) -> list[dict[str, str]]:
    page(
        SOURCE,
        "kagami.pages.equations",
        myst_enable_extensions=["dollarmath"],
        html_math_renderer="temml",
    )
    script = (tmp_path / "_build" / "html" / "search-index.js").read_text(encoding="utf-8")
    (found,) = json.loads(script.removeprefix("const book = "))
    assert (found["name"], found["url"]) == ("index", "index.html")
    names = ("anchor", "heading", "prose", "code")
    return [dict(zip(names, section, strict=True)) for section in found["sections"]]


def test_each_section_has_its_own_text(sections: list[dict[str, Any]]) -> None:
    assert [section["heading"] for section in sections] == ["題", "節 <b>", "小節", "一 天智"]
    assert sections[1]["prose"] == "一つ目 二つ目 絵の説明"
    assert sections[2]["prose"] == "深い文。"


def test_a_formula_longer_than_a_symbol_is_left_out(sections: list[dict[str, Any]]) -> None:
    assert sections[0]["prose"] == "前の 文 と x と …。"


def test_code_is_kept_apart_from_prose(sections: list[dict[str, Any]]) -> None:
    assert [section["code"] for section in sections] == ["", 'print("式")', "", ""]


def test_a_heading_that_a_program_wrote_is_found_with_its_prose(
    sections: list[dict[str, Any]],
) -> None:
    assert sections[3] == {
        "anchor": "poem-1",
        "heading": "一 天智",
        "prose": "秋の田",
        "code": "",
    }


def test_the_stock_search_is_not_built(sections: list[dict[str, Any]], tmp_path: Path) -> None:
    site = tmp_path / "_build" / "html"
    assert (site / "search.html").is_file()
    assert not (site / "searchindex.js").exists()


def test_a_solution_is_not_found() -> None:
    solution = nodes.admonition("", nodes.paragraph("", "答え"), ids=["solution-a-1"])
    section = nodes.section("", nodes.title("", "題"), nodes.paragraph("", "問い"), solution)
    assert text(section, is_prose=True) == "問い"
