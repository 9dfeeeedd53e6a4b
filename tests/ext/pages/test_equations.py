"""Equations as MathML, and what is said where none can be made."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from kagami.pages import equations
from kagami.pages.equations import Temml
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

SOURCE = """# 題

式 $x^2$ と，

$$
a = b
$$ (eq-one)

と {eq}`eq-one`。

$$
c
$$
"""


@pytest.fixture
def temml() -> Iterator[Temml]:
    temml = Temml()
    yield temml
    temml.close(Mock(spec=Sphinx), None)


def test_a_page_has_its_equations_numbered_and_linked(build: Callable[..., str]) -> None:
    html = build(
        SOURCE,
        "myst_parser",
        "kagami.pages.equations",
        myst_enable_extensions=["dollarmath"],
        html_math_renderer="temml",
    )
    assert len(re.findall("<math", html)) == 3
    assert html.count('class="eqno">(1)') == 1
    assert 'href="#equation-eq-one"' in html and 'id="equation-eq-one"' in html
    assert html.count('class="eqno"') == 1


def test_an_equation_that_is_not_understood_is_named(temml: Temml) -> None:
    with pytest.raises(ExtensionError, match=r"not understood: \\nonsense: .*nonsense"):
        temml.render(r"\nonsense", display=False)
    assert "<math" in temml.render("x", display=False)


def test_dots_are_no_operator(temml: Temml) -> None:
    mathml = temml.render(r"u_1 \cdots u_n, \ldots", display=False)
    assert re.findall("<(m.)[^>]*>[…⋯]<", mathml) == ["mi", "mi"]


@pytest.mark.parametrize("tex", [r"p_i \log p_i", r"p_i \log_2 p_i", r"x^2 \max_p x"])
def test_a_function_stands_apart_from_what_it_multiplies(temml: Temml, tex: str) -> None:
    assert re.search(r"</msu[bp]><mspace", temml.render(tex, display=False))


def test_a_fraction_keeps_its_two_parts(temml: Temml) -> None:
    fraction = r"\frac{p_i}{\operatorname{softmax}(x)_i}"
    assert "mspace" not in temml.render(fraction, display=True)


def test_a_second_build_in_the_same_process_has_equations_too(temml: Temml) -> None:
    first = temml.render("x", display=True)
    temml.close(Mock(spec=Sphinx), None)
    assert temml.render("x", display=True) == first


def test_without_node_one_line_says_how_to_get_it(
    temml: Temml, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ExtensionError, match="Node, which is not installed: pip install"):
        temml.render("x", display=False)


def test_without_temml_one_line_says_how_to_get_it(
    temml: Temml, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "equations.mjs").write_text('process.exit(1); import "none";')
    monkeypatch.setattr(equations, "__file__", str(tmp_path / "equations.py"))
    with pytest.raises(ExtensionError, match="is Temml there"):
        temml.render("x", display=False)
