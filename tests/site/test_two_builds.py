"""Who builds the same sources twice gets the same site, byte for byte."""

import os
import shutil
import subprocess
from pathlib import Path

from clean_builds import digests
from kagami.build import command
from site_tools import ROOT, SITE


def build(output: Path) -> Path:
    """The site, built from the sources as `make site` does it, below another folder."""
    whole = os.environ | {"KAGAMI_WHOLE": "1"}
    run = subprocess.run(
        command(output=output), cwd=ROOT, env=whole, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return output / "_build" / "html"


def test_the_built_site_is_that_of_a_second_build(tmp_path: Path) -> None:
    """All but running the cells is done again: the outputs are those of the first build."""
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / ".jupyter_cache").symlink_to(ROOT / "_build" / ".jupyter_cache")
    assert digests(build(tmp_path)) == digests(SITE)


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    copy = tmp_path / "html"
    shutil.copytree(SITE, copy)
    assert digests(copy) == digests(SITE)
    page = copy / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</html>", b"</html> "))
    (copy / "new.html").touch()
    (copy / "_static" / "book.css").unlink()
    different = dict(digests(copy).items() ^ digests(SITE).items())
    assert different.keys() == {"index.html", "new.html", "_static/book.css"}
