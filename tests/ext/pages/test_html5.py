import re
from collections.abc import Callable

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


def test_tags_without_an_end_are_written_as_in_html(build: Build) -> None:
    image = re.search("<img [^>]*>", build(TABLE, "myst_parser", "kagami.pages.html5"))
    assert image and not image[0].endswith("/>")
