"""One switch for all that is random on the pages: the environment variable CHIHAYA_SEED."""

import os

SWITCH = "CHIHAYA_SEED"


def page_seed(own: int) -> int:
    """The seed that a page has of its own, or what CHIHAYA_SEED says for all of them."""
    return int(os.environ.get(SWITCH, own))
