import io
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from chihaya.figures import style
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure


@pytest.fixture(autouse=True)
def own_style() -> Iterator[None]:
    """The style is set for this test alone."""
    with mpl.rc_context():
        style.use_style()
        yield


def svg(text: str) -> str:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([0, 1], [1, -1], label=text)
    axes.plot([0, 1], [2, 0])
    axes.set_title(text)
    axes.legend()
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def test_every_kana_and_kanji_has_a_glyph() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        svg("百人一首 ちはやぶる ゐゑを −1 √ α 〈〉，。：")


def test_svg_is_the_same_at_every_run() -> None:
    assert svg("損失") == svg("損失")


def test_lines_differ_in_more_than_colour() -> None:
    pairs = [(entry["color"], str(entry["linestyle"])) for entry in mpl.rcParams["axes.prop_cycle"]]
    assert len({colour for colour, _ in pairs}) == len(pairs)
    assert len({dashes for _, dashes in pairs}) == len(pairs)


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str) -> float:
    return (luminance(style.PAPER) + 0.05) / (luminance(colour) + 0.05)


def test_text_can_be_read_on_the_paper() -> None:
    assert contrast(style.INK) > 7


def test_colour_maps_are_known() -> None:
    assert {style.SEQUENTIAL, style.DIVERGING} <= set(mpl.colormaps)


def test_figures_in_the_colours_of_amounts_say_so() -> None:
    programs = [path.read_text("utf-8") for path in Path(style.__file__).parent.rglob("*.py")]
    assert sum("SEQUENTIAL" in program for program in programs) > 5
    assert all(("SEQUENTIAL" in program) == ("LUMINOUS" in program) for program in programs)


def test_a_notebook_shows_svg_and_png_without_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[tuple[object, ...], dict[str, object]]] = []
    monkeypatch.setattr(
        "matplotlib_inline.backend_inline.set_matplotlib_formats",
        lambda *formats, **options: asked.append((formats, options)),
    )
    style.use_style()
    assert not asked  # no notebook here
    monkeypatch.setattr("IPython.get_ipython", object)
    style.use_style()
    assert asked == [(("svg", "png"), {"metadata": {"Date": None}})]


def test_without_ipython_figures_can_be_drawn_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", None)
    style.use_style()
    assert svg("ちは").startswith("<?xml")
