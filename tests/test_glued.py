"""No number in the prose is typed: what a page or a deck glues was computed, or says its source."""

import ast
import builtins
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("book/*.md"), *ROOT.glob("slides/*.md")])
NOTHING_COMPUTED = set(dir(builtins))  # str(3135), round(3.14) and len("百人一首") are typed, too


def program(page: Path) -> str:
    """All code cells of a page."""
    cells = jupytext.read(page, fmt="md:myst").cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def typed(source: str) -> list[str]:
    """The glued values of a program that rest on literals alone, none of them with a comment."""
    tree, lines = ast.parse(source), source.splitlines()
    bound = bindings(tree)

    def computed(value: ast.expr, seen: frozenset[str] = frozenset()) -> bool:
        names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
        return any(
            name not in bound
            or any(
                other is None or has_comment(other) or computed(other, seen | names)
                for other in bound[name]
            )
            for name in names - seen - NOTHING_COMPUTED
        )

    def has_comment(value: ast.expr) -> bool:
        return "  # " in lines[(value.end_lineno or 0) - 1]

    return [
        ast.unparse(call)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "glue"
        and not computed(call.args[1])
    ]


def bindings(tree: ast.Module) -> dict[str, list[ast.expr | None]]:
    """What each name is given; None for what is no plain assignment: a loop, an import, a sum."""
    bound: dict[str, list[ast.expr | None]] = {}
    plain = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=True))
                for left, right in pairs:
                    if isinstance(left, ast.Name):
                        plain.add(left)
                        bound.setdefault(left.id, []).append(right)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in plain:
            bound.setdefault(node.id, []).append(None)
    return bound


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_glued_was_computed_or_has_its_source_beside_it(page: Path) -> None:
    assert not typed(program(page))


def test_there_is_something_to_look_at() -> None:
    assert sum(program(page).count("glue(") for page in PAGES) > 50


@pytest.mark.parametrize(
    "source",
    [
        "glue('n', 3135)",
        "glue('n', '3,135')",
        "glue('n', f'{3135:,}')",
        "glue('n', str(3135))",
        "total = 3135\nglue('n', f'{total:,}')",
        "poems, total = load(), 3135\nglue('n', total)",
        "a = 3000\nb = a + 135\nglue('n', b)",
        "a = 1\nb = a\na = b\nglue('n', a)",
    ],
)
def test_a_number_typed_by_hand_is_seen(source: str) -> None:
    assert len(typed(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "glue('n', len(poems))",
        "total = 0\nfor poem in poems:\n    total += len(poem)\nglue('n', total)",
        "readers = 80  # section 3.9.4\nglue('n', readers)",
        "a, b = measure()\nglue('n', f'{b / 10_000:.0f}')",
    ],
)
def test_what_was_computed_or_says_its_source_passes(source: str) -> None:
    assert not typed(source)
