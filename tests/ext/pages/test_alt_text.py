from collections.abc import Callable

import pytest
from sphinx.errors import SphinxWarning

Build = Callable[..., str]

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
EXECUTED = """---
jupytext:
  text_representation: {{extension: .md, format_name: myst, format_version: 0.13}}
kernelspec: {{display_name: Python 3, language: python, name: python3}}
---

# 題

```{{code-cell}} python
---
mystnb:
  image: {{{alt}}}
---
from IPython.display import SVG
SVG('{drawing}')
```
"""


def build_html(build: Build, html: str) -> str:
    return build(f"# 題\n\n{html}\n", "myst_parser", "kagami.pages.alt_text")


def build_executed(build: Build, alt: str) -> str:
    page = EXECUTED.format(alt=alt, drawing=DRAWING)
    settings = {"nb_execution_mode": "force", "source_suffix": {".md": "myst-nb"}}
    return build(page, "myst_nb", "kagami.pages.alt_text", **settings)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="x.svg" alt="四角">',
        '<svg role="img" aria-label="四角"></svg>',
        '<svg aria-hidden="true"></svg>',
        "<p>図のない段落</p>",
    ],
)
def test_html_that_tells_what_it_shows_builds(build: Build, html: str) -> None:
    assert html in build_html(build, html)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="x.svg">',
        '<img src="x.svg" alt="">',
        '<img src="x.svg" alt="a square">',
        "<div><svg></svg></div>",
        '<svg aria-label="四角"></svg>',
        '<svg role="img"></svg>',
        '<svg role="img" aria-label="四角"></svg><svg></svg>',
    ],
)
def test_html_that_does_not_tell_fails(build: Build, html: str) -> None:
    with pytest.raises(SphinxWarning, match="without a Japanese alt text"):
        build_html(build, html)


def test_a_figure_of_the_page_needs_an_alt_text(build: Build) -> None:
    page = "# 題\n\n```{{figure}} https://example.org/x.svg\n{option}\n題\n```\n"
    extensions = ("myst_parser", "kagami.pages.alt_text")
    assert 'alt="四角"' in build(page.format(option=":alt: 四角\n"), *extensions)
    with pytest.raises(SphinxWarning, match="without a Japanese alt text"):
        build(page.format(option=""), *extensions)


def test_a_figure_of_a_cell_that_tells_what_it_shows_builds(build: Build) -> None:
    assert 'alt="四角"' in build_executed(build, "alt: 四角")


def test_a_figure_of_a_cell_that_does_not_tell_fails(build: Build) -> None:
    with pytest.raises(SphinxWarning, match="without a Japanese alt text"):
        build_executed(build, "")
