"""Join the pieces in which a kernel hands over what a cell prints.

How many there are is chance. myst-nb's own way to join them (`nb_merge_streams`) ends each with
a line break, so that the same program shows an empty line at one build and not at the next.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform


class JoinStreams(SphinxTransform):
    """Make one block of all that a cell has printed to a stream, where its first piece stands."""

    default_priority = 500

    def apply(self, **kwargs: object) -> None:
        firsts: dict[tuple[nodes.Element, str], nodes.literal_block] = {}
        for block in list(self.document.findall(nodes.literal_block)):
            if name := stream(block):
                first = firsts.setdefault((block.parent, name), block)
                if first is not block:
                    text = first.astext() + block.astext()
                    first.rawsource, first[:] = text, [nodes.Text(text)]
                    block.parent.remove(block)


def stream(node: nodes.Element) -> str | None:
    """The stream that myst-nb made this node of, as its classes call it."""
    return next((name for name in node["classes"] if name in {"stream", "stderr"}), None)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_transform(JoinStreams)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
