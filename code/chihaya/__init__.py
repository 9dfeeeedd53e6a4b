"""A Transformer that hears the upper verse of a Hyakunin Isshu poem and recites the lower."""

from .pairs import Pair, PairsError, load_pairs
from .poems import Poem, PoemsError, load_poems
from .recital import Recall, Reciter, VerseError, recall
from .shipped import load_reciter
from .storage import ModelFileError, save_reciter
from .training import NotLearnedWarning, train
from .transformer import Sizes, Transformer
from .vocabulary import UnknownCharacterError, Vocabulary

__all__ = [
    "ModelFileError",
    "NotLearnedWarning",
    "Pair",
    "PairsError",
    "Poem",
    "PoemsError",
    "Recall",
    "Reciter",
    "Sizes",
    "Transformer",
    "UnknownCharacterError",
    "VerseError",
    "Vocabulary",
    "load_pairs",
    "load_poems",
    "load_reciter",
    "recall",
    "save_reciter",
    "train",
]
