"""Run the programs of all pages that have changed side by side, a page on each core, before they are read.

myst-nb runs a page when it comes to it, one after the other. Here jupyter-cache's own executor
runs them first, so that myst-nb finds the outputs. A page that fails is left to myst-nb, which
runs it again and says where it failed.
"""

import logging
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

READER = {"name": "myst_nb_md", "type": "plugin"}
logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)  # the executor says which page it runs


def execute(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run those of the pages about to be read whose outputs are not in the cache."""
    cache = get_cache(app.config.nb_execution_cache_path)
    paths = [Path(env.doc2path(name)).resolve() for name in sorted(docnames)]
    paths.sort(key=lambda path: -path.stat().st_size)  # so that no core waits long for the last one
    programs = [str(path) for path in paths if is_myst_markdown_notebook(path.read_text("utf-8"))]
    for path in programs:
        cache.add_nb_to_project(path, read_data=READER)
    executor = load_executor("local-parallel", cache, logger)
    executor.run_and_cache(filter_uris=programs, timeout=app.config.nb_execution_timeout)


def setup(app: Sphinx) -> dict[str, bool]:
    """Run the pages once Sphinx knows which ones it has to read."""
    app.connect("env-before-read-docs", execute)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
