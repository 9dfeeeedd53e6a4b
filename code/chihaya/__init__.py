"""A Transformer that hears the upper verse of a Hyakunin Isshu poem and recites the lower."""

from .poems import Poem, PoemsError, load_poems
from .recital import Recall, Reciter, VerseError, recall
from .storage import ModelFileError, load_reciter, save_reciter
from .training import NotLearnedWarning, train
from .transformer import Sizes, Transformer
from .vocabulary import UnknownCharacterError, Vocabulary

__all__ = [
    "ModelFileError",
    "NotLearnedWarning",
    "Poem",
    "PoemsError",
    "Recall",
    "Reciter",
    "Sizes",
    "Transformer",
    "UnknownCharacterError",
    "VerseError",
    "Vocabulary",
    "load_poems",
    "load_reciter",
    "recall",
    "save_reciter",
    "train",
]
