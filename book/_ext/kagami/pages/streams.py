"""What a cell prints is shown as it was printed, into however many pieces the kernel cut it.

myst-nb ends each piece with a line break of its own, so that the same program shows an empty
line at one build and not at the next. The notebooks are merged by nbval's function: so is this.
"""

from myst_nb.core import render
from nbval.plugin import coalesce_streams
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Put nbval's function in the place of myst-nb's."""
    render.coalesce_streams = coalesce_streams
    return {"parallel_read_safe": True, "parallel_write_safe": True}
