"""The reciter of the pages: the one that comes with the package, or one of another seed."""

import os
from pathlib import Path

from . import storage
from .recital import Reciter
from .seeds import SWITCH, page_seed
from .training import train


def load_reciter(path: Path = storage.SHIPPED) -> Reciter:
    """Read a reciter, or the one that comes with the package; its weights become float32.

    Where CHIHAYA_SEED is set the latter is trained with that seed instead: for claims that are to
    hold under others. Raises ModelFileError if the file is none; OSError if it cannot be read.
    """
    if path == storage.SHIPPED and SWITCH in os.environ:
        return train(seed=page_seed(0))
    return storage.load_reciter(path)
