"""Which changes of the stored drawings count, and which do not."""

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import nbformat
import pytest
from exempt import NOTEBOOKS
from kagami.notebooks.compare import PNG, SVG, Claim, Drawing, difference
from notebook_tools import code_cells, read
from PIL import Image

Edit = Callable[[Element], None]
PATH = "{http://www.w3.org/2000/svg}path"
USE = "{http://www.w3.org/2000/svg}use"
RECTANGLE = "{http://www.w3.org/2000/svg}rect"
IMAGE = "{http://www.w3.org/2000/svg}image"
STYLE = "{http://www.w3.org/2000/svg}style"
HREF = "{http://www.w3.org/1999/xlink}href"

# The notebook and a label of the drawing.
BARS = ("kimariji", "決まり字の長さ（文字）")
CURVES = ("unreasonable-effectiveness", "前の 3 文字を見る")
RASTER = ("positional-encoding", "内積")


@cache
def drawings(notebook: str) -> list[str]:
    """All drawings that are stored in a notebook."""
    cells = code_cells(read(NOTEBOOKS / f"{notebook}.ipynb"))
    data = [output.get("data", {}) for cell in cells for output in cell.outputs]
    return [each[SVG] for each in data if SVG in each]


def stored(notebook: str, label: str) -> str:
    """The drawing in a notebook that has the label."""
    (found,) = [svg for svg in drawings(notebook) if f"<!-- {label} -->" in svg]
    return found


def edited(svg: str, edit: Edit) -> str:
    """The drawing after the edit."""
    builder = ElementTree.TreeBuilder(insert_comments=True)
    root = ElementTree.fromstring(svg, ElementTree.XMLParser(target=builder))
    edit(root)
    return ElementTree.tostring(root, encoding="unicode")


def nothing(root: Element) -> None:
    """Leave all as it is."""


def part(root: Element, name: str) -> Element:
    """The part of a drawing that Matplotlib gave this name."""
    found = root.find(f".//*[@id='{name}']")
    assert found is not None
    return found


def first(root: Element, name: str, tag: str) -> Element:
    """The first element of a kind in the part with this name."""
    return next(part(root, name).iter(tag))


def replace(element: Element, key: str, old: str, new: str) -> None:
    """Replace some of an attribute, which holds it."""
    assert old in element.attrib[key]
    element.set(key, element.attrib[key].replace(old, new))


def move(path: Element, to: Callable[[float, float], tuple[float, float]]) -> None:
    """Move each vertex of a path without curves."""

    def moved(match: re.Match[str]) -> str:
        x, y = to(float(match[2]), float(match[3]))
        return f"{match[1]} {x:.6f} {y:.6f}"

    path.set("d", re.sub(r"([ML]) (\S+) (\S+)", moved, path.attrib["d"]))


def shift(element: Element, key: str, by: float) -> None:
    """Add to an attribute that is one number."""
    element.set(key, f"{float(element.attrib[key]) + by:.6f}")


def repaint(root: Element, levels: int, size: tuple[int, int] | None = None) -> None:
    """Make a block of three pixels squared lighter, or the whole image of another size."""
    image = next(root.iter(IMAGE))
    data = base64.b64decode(image.attrib[HREF].removeprefix(PNG))
    pixels = Image.open(io.BytesIO(data)).convert("RGBA")
    block = pixels.crop((10, 10, 13, 13)).point(lambda level: min(level + levels, 255))
    pixels.paste(block, (10, 10))
    file = io.BytesIO()
    pixels.resize(size or pixels.size).save(file, "png")
    image.set(HREF, PNG + base64.b64encode(file.getvalue()).decode())


def a_bar_three_percent_longer(root: Element) -> None:
    path = first(root, "patch_7", PATH)  # the shortest
    left = float(path.attrib["d"].split()[1])
    move(path, lambda x, y: (left + (x - left) * 1.03, y))


def a_bar_missing(root: Element) -> None:
    first(root, "patch_7", PATH).set("d", "")


def a_colour_one_level_off(root: Element) -> None:
    replace(first(root, "line2d_27", PATH), "style", "#0072b2", "#0072b3")


def another_line_style(root: Element) -> None:
    replace(first(root, "line2d_28", PATH), "style", "6.66,2.88", "1.8,2.97")


def a_thicker_line(root: Element) -> None:
    replace(first(root, "line2d_28", PATH), "style", "width: 1.8", "width: 1.81")


def a_curve_shifted_by_one_percent(root: Element) -> None:
    move(first(root, "line2d_28", PATH), lambda x, y: (x, y * 1.01))


def a_vertex_moved_by_a_thousandth(root: Element) -> None:
    replace(first(root, "line2d_28", PATH), "d", "109.290705", "109.399996")


def a_vertex_moved_by_a_fiftieth_of_a_point(root: Element) -> None:
    replace(first(root, "line2d_28", PATH), "d", "109.290705", "109.310705")


def a_vertex_missing(root: Element) -> None:
    replace(first(root, "line2d_28", PATH), "d", "L 71.404874 109.290705", "")


def two_series_swapped(root: Element) -> None:
    one, other = first(root, "line2d_27", PATH), first(root, "line2d_28", PATH)
    one.attrib["d"], other.attrib["d"] = other.attrib["d"], one.attrib["d"]


def a_series_in_front_of_another(root: Element) -> None:
    axes = part(root, "axes_1")
    series = part(root, "line2d_27")
    place = list(axes).index(series)
    axes.remove(series)
    axes.insert(place + 1, series)


def a_line_drawn_again_over_all(root: Element) -> None:
    root.append(first(root, "line2d_28", PATH))


def a_marker_moved(root: Element) -> None:
    shift(first(root, "line2d_28", USE), "x", 0.1)


def another_marker(root: Element) -> None:
    other = first(root, "line2d_29", USE).attrib[HREF]
    for marker in part(root, "line2d_28").iter(USE):
        marker.set(HREF, other)


def a_label_missing(root: Element) -> None:
    part(root, "legend_1").remove(part(root, "text_19"))


def another_label(root: Element) -> None:
    two, three = ("#IPAexGothic-15", "#IPAexGothic-16")
    (glyph,) = [glyph for glyph in part(root, "text_18").iter(USE) if glyph.get(HREF) == two]
    glyph.set(HREF, three)


def another_glyph_under_the_same_name(root: Element) -> None:
    two, three = part(root, "IPAexGothic-15"), part(root, "IPAexGothic-16")
    two.set("d", three.attrib["d"])


def a_larger_label(root: Element) -> None:
    replace(part(root, "text_19")[1], "transform", "scale(0.11 -0.11)", "scale(0.115 -0.115)")


def a_label_turned(root: Element) -> None:
    replace(part(root, "text_15")[1], "transform", "rotate(-90)", "rotate(-89.995)")


def a_label_moved(root: Element) -> None:
    replace(part(root, "text_19")[1], "transform", "translate(242.7", "translate(242.8")


def an_axis_tick_moved(root: Element) -> None:
    shift(first(root, "line2d_6", USE), "x", 0.5)


def a_wider_drawing(root: Element) -> None:
    width = root.attrib["width"].removesuffix("pt")
    replace(root, "width", width, f"{float(width) + 1:.6f}")


def another_view_box(root: Element) -> None:
    replace(root, "viewBox", "0 0 ", "0 1 ")


def another_unit(root: Element) -> None:
    replace(root, "width", "pt", "px")


def what_is_clipped(root: Element) -> None:
    shift(next(root.iter(RECTANGLE)), "width", -1)


def what_is_not_clipped(root: Element) -> None:
    first(root, "line2d_28", PATH).attrib.pop("clip-path")


def another_style_for_all_lines(root: Element) -> None:
    (style,) = root.iter(STYLE)
    style.text = "*{stroke-linejoin: miter; stroke-linecap: butt}"


def a_block_of_pixels_lighter(root: Element) -> None:
    repaint(root, 3)


def an_image_of_another_size(root: Element) -> None:
    repaint(root, 0, (17, 17))


def an_image_moved(root: Element) -> None:
    shift(next(root.iter(IMAGE)), "x", 0.5)


CHANGES = [
    (BARS, a_bar_three_percent_longer),
    (BARS, a_bar_missing),
    (CURVES, a_colour_one_level_off),
    (CURVES, another_line_style),
    (CURVES, a_thicker_line),
    (CURVES, a_curve_shifted_by_one_percent),
    (CURVES, a_vertex_moved_by_a_thousandth),
    (CURVES, a_vertex_moved_by_a_fiftieth_of_a_point),
    (CURVES, a_vertex_missing),
    (CURVES, two_series_swapped),
    (CURVES, a_series_in_front_of_another),
    (CURVES, a_line_drawn_again_over_all),
    (CURVES, a_marker_moved),
    (CURVES, another_marker),
    (CURVES, a_label_missing),
    (CURVES, another_label),
    (CURVES, another_glyph_under_the_same_name),
    (CURVES, a_larger_label),
    (CURVES, a_label_turned),
    (CURVES, a_label_moved),
    (CURVES, an_axis_tick_moved),
    (CURVES, a_wider_drawing),
    (CURVES, another_view_box),
    (CURVES, another_unit),
    (CURVES, what_is_clipped),
    (CURVES, what_is_not_clipped),
    (CURVES, another_style_for_all_lines),
    (RASTER, a_block_of_pixels_lighter),
    (RASTER, an_image_of_another_size),
    (RASTER, an_image_moved),
]


@pytest.mark.parametrize(("drawing", "edit"), CHANGES, ids=[edit.__name__ for _, edit in CHANGES])
def test_a_change_of_what_is_shown_counts(drawing: tuple[str, str], edit: Edit) -> None:
    one, other = edited(stored(*drawing), nothing), edited(stored(*drawing), edit)
    assert str.__ne__(one, other)
    assert Drawing(one) != other
    assert Drawing(other) != one
    assert difference(one, other)


def other_names(svg: str) -> str:
    """As on another processor, where each hash may be another."""
    names = set(re.findall(r'\bid="([^"]+)"', svg))
    return re.sub(
        r'((?:\bid="|"#|url\(#))([^")]+)',
        lambda match: match[1] + (f"n{match[2][::-1]}" if match[2] in names else match[2]),
        svg,
    )


def moved_a_little(svg: str) -> str:
    """Every coordinate that has a fraction, back and forth by 1e-4 pt, as processors do."""

    def moved(match: re.Match[str]) -> str:
        by = 1e-4 if match.start() % 2 else -1e-4
        return re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]) + by:.6f}", match[0])

    places = r'\b(?:d|x|y|width|height|viewBox)="[^"]*"|translate\([^)]*\)'
    return re.sub(places, moved, svg)


@pytest.mark.parametrize("change", [other_names, moved_a_little])
@pytest.mark.parametrize("notebook", [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))])
def test_what_another_processor_changes_does_not_count(
    notebook: str, change: Callable[[str], str]
) -> None:
    for svg in drawings(notebook):
        other = change(svg)
        assert str.__ne__(svg, other)
        assert Drawing(svg) == other, difference(svg, other)


def test_pixels_that_nobody_tells_apart_do_not_count() -> None:
    svg = stored(*RASTER)
    other = edited(svg, lambda root: repaint(root, 2))
    assert Drawing(svg) == other
    assert str.__ne__(svg, other)


def test_a_list_is_no_drawing_and_cut_svg_is_unequal() -> None:
    svg = stored(*BARS)
    assert Drawing(svg) != [svg]
    assert Drawing(svg) != svg[: len(svg) // 2]
    assert Drawing(svg) != ""
    assert Drawing(svg[:100]) == svg[:100]


def drawn(width: float) -> dict[str, str]:
    return {SVG: f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="bar" width="{width}"/></svg>'}


def cell(source: str, *outputs: dict[str, str]) -> object:
    stored = [nbformat.v4.new_output("display_data", output) for output in outputs]
    return nbformat.v4.new_code_cell(source, outputs=stored, execution_count=1)


def test_nbval_compares_so_and_says_where_a_drawing_differs(tmp_path: Path) -> None:
    cells = [
        cell(f"display({drawn(3.0001)}, raw=True)", drawn(3)),
        cell("from tqdm import tqdm\nfor _ in tqdm(range(3)):\n    pass"),
        cell(f"display({drawn(3.1)}, raw=True)", drawn(3)),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, tmp_path / "three.ipynb")
    environment = {name: value for name, value in os.environ.items() if name != "TQDM_DISABLE"}
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "kagami.notebooks.compare"]
    run = subprocess.run(
        [*command, "three.ipynb"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert "1 failed, 2 passed" in run.stdout, run.stdout
    assert "bar: width '3' is now '3.1'" in run.stdout


def test_nothing_of_the_book_is_needed() -> None:
    """As where notebooks run alone: checks/bare.py."""
    code = "import sys; sys.modules.update(sphinx=None, numpy=None, nbval=None)"
    command = [sys.executable, "-c", f"{code}; import kagami.notebooks.compare"]
    subprocess.run(command, check=True)


def claimed(value: str, words: str = "二百歩までに覚える", kind: str = "trained") -> str:
    """The HTML of a claim, as chihaya.claims has it."""
    return f'<p class="claim" id="claim-a"><b>主張</b> {words}：<b class="{kind}">{value}</b></p>'


def test_of_a_claim_on_what_was_trained_the_words_count_and_not_the_value() -> None:
    assert Claim(claimed("60")) == claimed("75")
    assert Claim(claimed("60")) != claimed("60", words="百歩までに覚える")
    assert Claim(claimed("60")) != ""
    assert Claim(claimed("60")) != claimed("60", kind="exact")
