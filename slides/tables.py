"""Write computed tables for slides as HTML."""

from collections.abc import Iterable, Sequence
from html import escape

from IPython.display import HTML


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> HTML:
    """A table with a row of headings."""
    lines = [cells("th", head), *(cells("td", row) for row in rows)]
    return HTML(f"<table><thead>{lines[0]}</thead><tbody>{''.join(lines[1:])}</tbody></table>")


def cells(tag: str, row: Sequence[object]) -> str:
    """A row of cells, each a `tag`."""
    return f"<tr>{''.join(f'<{tag}>{escape(str(cell))}</{tag}>' for cell in row)}</tr>"
