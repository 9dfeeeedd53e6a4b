from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import faces
from fontTools.ttLib import TTFont


def test_equations_have_what_a_browser_draws_beside_their_text(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path)
    faces.write(defaultdict(set, math={"d"}), app, None)  # type: ignore[arg-type]
    face = TTFont(tmp_path / "_static" / "math.woff2")
    assert {ord("d"), ord("𝑑"), ord("√")} <= set(face.getBestCmap())
    assert "MATH" in face
