import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

Build = Callable[..., str]

TABLE = """# 題

|   | 甲 |
|---|----|
| 乙 | 丙 |

```{list-table}
:header-rows: 1
:stub-columns: 1

* - 子
  - 丑
* - 寅
  - 卯
```

![四角](https://example.org/x.svg)
"""


def test_heads_of_tables_say_of_what_and_the_empty_corner_is_none(build: Build) -> None:
    html = re.sub(' class="[^"]*"', "", build(TABLE, "myst_parser", "kagami.pages.html5"))
    assert "<td><p></p></td>\n" in html
    assert '<th scope="col"><p>甲</p></th>' in html
    assert '<th scope="col"><p>子</p></th>' in html
    assert '<th scope="row"><p>寅</p></th>' in html
    assert "<td><p>卯</p></td>" in html


def test_a_table_stands_in_a_box_that_scrolls(build: Build) -> None:
    html = BeautifulSoup(build(TABLE, "myst_parser", "kagami.pages.html5"), "html.parser")
    assert len(html.select("div.scroll > table")) == len(html.select("table")) == 2


def test_tags_without_an_end_are_written_as_in_html(build: Build) -> None:
    image = re.search("<img [^>]*>", build(TABLE, "myst_parser", "kagami.pages.html5"))
    assert image and not image[0].endswith("/>")


def test_an_image_says_its_size_and_waits_for_its_turn(build: Build, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'
    (tmp_path / "x.svg").write_text(drawing)
    html = build("# 題\n\n![四角](x.svg)\n", "myst_parser", "kagami.pages.html5")
    (image,) = BeautifulSoup(html, "html.parser").select("img")
    assert (image["alt"], image["src"]) == ("四角", "_images/x.svg")
    assert (image["width"], image["height"], image["loading"]) == ("30", "20", "lazy")


def test_a_drawing_that_speaks_of_brightness_is_known_by_its_class(
    build: Build, tmp_path: Path
) -> None:
    for name in ("luminous", "figure_1"):
        part = f'<g id="{name}"/>'
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2">{part}</svg>'
        (tmp_path / f"{name}.svg").write_text(drawing)
    text = "# 題\n\n![明](luminous.svg)\n![暗](figure_1.svg)\n"
    html = BeautifulSoup(build(text, "myst_parser", "kagami.pages.html5"), "html.parser")
    assert [image.get("class") for image in html.select("img")] == [["luminous"], None]


def test_an_image_keeps_the_width_that_it_is_given(build: Build, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'
    (tmp_path / "x.svg").write_text(drawing)
    page = "# 題\n\n```{image} x.svg\n:alt: 四角\n:width: 90px\n```\n"
    (image,) = BeautifulSoup(
        build(page, "myst_parser", "kagami.pages.html5"), "html.parser"
    ).select("img")
    assert "90px" in str(image) and "height" not in image.attrs


FOLDED = """# 題

```{admonition} 解答 *x*
:class: dropdown

答え。
```

```{note}
:class: dropdown

畳んだ注。
```

```{note}
注。
```
"""


def test_a_folded_admonition_needs_no_script(build: Build) -> None:
    html = BeautifulSoup(build(FOLDED, "myst_parser", "kagami.pages.html5"), "html.parser")
    folded = html.select("details.admonition.dropdown")
    assert [box.summary and box.summary.text for box in folded] == ["解答 x", "注釈"]
    assert [box.select("p")[-1].text for box in folded] == ["答え。", "畳んだ注。"]
    assert [box.select("p")[-1].text for box in html.select("div.admonition")] == ["注。"]


CITED = """# 題

```{eval-rst}
[甲]_ と [乙]_。

.. [甲] 一つ目。
.. [乙] 二つ目。
```
"""


def test_references_are_a_list(build: Build) -> None:
    html = BeautifulSoup(build(CITED, "myst_parser", "kagami.pages.html5"), "html.parser")
    (references,) = html.select("ul.references")
    assert [item.b and item.b.text for item in references.select("li")] == ["甲", "乙"]


CELL = """---
jupytext:
  text_representation: {extension: .md, format_name: myst, format_version: 0.13}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# 題

```{code-cell} python
:tags: [hide-input]
x = 1
```
"""


@pytest.mark.parametrize(
    ("program", "summary"), [("x = 1", "プログラムを開く"), ('claim("x")', "確かめ方を開く")]
)
def test_a_folded_cell_says_what_it_holds(build: Build, program: str, summary: str) -> None:
    html = build(
        CELL.replace("x = 1", program),
        "myst_nb",
        "kagami.pages.html5",
        nb_execution_mode="off",
        nb_code_prompt_show="{type}",
    )
    (folded,) = BeautifulSoup(html, "html.parser").select("details")
    assert folded.summary and folded.summary.text == summary
    assert folded.select("pre")[0].text == f"{program}\n"
