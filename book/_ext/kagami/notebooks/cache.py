"""Choose the cache of executed pages: for each state of what outputs are computed from, its own.

jupyter-cache looks at a page's cells alone. A change in the package, its data or a
pinned dependency changes the outputs too: they are reused only while these are the same.
The answers to the exercises are none of these: they are made from the pages, whose cells ask none.
"""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from kagami.notebooks.repository import ROOT


def digest() -> str:
    """A name for the state of the package, its data and the pinned dependencies."""
    state = hashlib.sha256()
    package = ROOT / "code" / "chihaya"
    sources = [
        path
        for path in package.rglob("*")
        if path.suffix in {".csv", ".json", ".py", ".safetensors"} and path.name != "exercises.json"
    ]
    for path in (*sorted(sources), ROOT / "constraints.txt"):
        state.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return state.hexdigest()[:16]


def choose_cache(app: Sphinx, config: Config) -> None:
    """Point myst-nb at this state's cache, beside the built book."""
    config.nb_execution_cache_path = str(Path(app.outdir).parent / ".jupyter_cache" / digest())


def setup(app: Sphinx) -> dict[str, bool]:
    """Choose the cache before myst-nb reads its configuration."""
    app.connect("config-inited", choose_cache, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
