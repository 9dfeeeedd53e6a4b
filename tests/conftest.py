import warnings

import chihaya
import pytest


@pytest.fixture(scope="session")
def poems() -> tuple[chihaya.Poem, ...]:
    return chihaya.load_poems()


@pytest.fixture(scope="session")
def reciter() -> chihaya.Reciter:
    """The real model, trained once for all tests; a warning that it has not learned is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return chihaya.train()
