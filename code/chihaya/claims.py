"""What a page states rests on an outcome: said where that is computed, with its value, or the page falls."""

import html
import os

from .glue import glue
from .seeds import SWITCH

METADATA = "chihaya"
"""The key of an output's metadata where a claim travels."""


class FallenClaimError(AssertionError):
    """A claim that what was computed refutes."""


def claim(
    name: str,
    words: str,
    value: float | str,
    holds: bool,
    refuted_by: str,
    *,
    digits: int | None = None,
    trained: bool = False,
) -> None:
    """Show `words` with `value`; raise FallenClaimError unless `holds`.

    `refuted_by` says what outcome would have made it fall. A whole number or a text is exact;
    other numbers are rounded to `digits` after the point. Such a value is glued under `name`, too,
    for the prose. What was trained in the page comes out otherwise on another processor: with
    `trained`, whoever compares two runs (kagami.notebooks.compare) leaves out the value.

    Under another seed (CHIHAYA_SEED) nothing is raised: that it falls is what is to be known.
    """
    from IPython.display import display

    if isinstance(value, float) and digits is None:
        raise ValueError(f"{name}: a value that is no whole number needs digits")
    shown = f"{value:,.{digits}f}" if digits is not None else str(value)
    kind = "trained" if trained else "exact" if digits is None else "rounded"
    if not holds and SWITCH not in os.environ:
        raise FallenClaimError(f"主張「{words}」が成り立たない：{shown}（{refuted_by}）")
    text = f"主張：{words}" + ("" if trained else f"：{shown}")
    markup = (
        f'<p class="claim" id="claim-{html.escape(name)}"><b>主張</b> {html.escape(words)}：'
        f'<b class="{kind}">{html.escape(shown)}</b>'
        f"<small>これが崩れるのは，{html.escape(refuted_by)}とき。</small></p>"
    )
    told = {"name": name, "words": words, "kind": kind, "value": shown, "refuted_by": refuted_by}
    display(
        {"text/plain": text, "text/html": markup},
        raw=True,
        metadata={METADATA: {"claim": told | {"holds": bool(holds)}}},
    )
    if not trained:
        glue(name, shown)
