"""How many steps the hundred poems take with and without the positional encoding, seed by seed."""

import math
import warnings
from collections.abc import Sequence
from unittest.mock import patch

import torch
from torch import Tensor

from .. import training
from ..poems import load_poems
from ..training import NotLearnedWarning
from ..transformer import Transformer

SEEDS = range(5)
ENOUGH = 500


class WithoutPositions(Transformer):
    """Fig. 1 without the positional encoding."""

    def embed(self, tokens: Tensor, start: int = 0) -> Tensor:
        """The embedding alone, wherever a sequence starts: tokens [B, L] -> [B, L, D]."""
        scaled: Tensor = self.embedding(tokens) * math.sqrt(self.sizes.d_model)
        return scaled


WAYS = {"with": Transformer, "without": WithoutPositions}


def run(seeds: Sequence[int] = SEEDS, most: int = ENOUGH) -> dict[str, list[int | None]]:
    """For each way and seed the steps until all poems are recited; None if `most` were too few."""
    return {way: [steps(kind, seed, most) for seed in seeds] for way, kind in WAYS.items()}


def steps(kind: type[Transformer], seed: int, most: int) -> int | None:
    """Steps until all poems are recited, from the whole upper verse and from the 決まり字."""
    torch.set_num_threads(1)
    poems = load_poems()
    with patch.object(training, "Transformer", kind), warnings.catch_warnings():
        warnings.simplefilter("ignore", NotLearnedWarning)
        last = training.train(poems, seed=seed, steps=most).history[-1]
    return last.step if last.full == last.kimariji == len(poems) else None
