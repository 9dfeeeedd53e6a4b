"""CPU seconds to recite all hundred poems, in one batch and one by one: the same verses in every way."""

import time
from collections.abc import Callable, Sequence

import torch
from chihaya.poems import Poem
from chihaya.recital import greedy_decode
from chihaya.training import train
from chihaya.vocabulary import Vocabulary
from learning import TUNED, is_there
from peers import learn, say_anew
from torch import Tensor

Say = Callable[[Tensor], Tensor]


def recite(poems: Sequence[Poem], batches: int, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Every way in turn, so often: seconds for the batch, and for one poem after the other."""
    vocabulary = Vocabulary.of(poems)
    whole = vocabulary.sources([poem.kami_kana for poem in poems])
    each = [vocabulary.sources([poem.kami_kana]) for poem in poems]
    ways = said_by(poems)
    for name, say in ways.items():
        verses = [vocabulary.decode(row) for row in say(whole).tolist()]
        if verses != [poem.shimo_kana for poem in poems]:
            print(f"{name} does not recite all poems: its seconds say little")
    found: dict[str, dict[str, list[float]]] = {
        name: {"batch": [], "one by one": []} for name in ways
    }
    for kind, sources, times in (("batch", [whole], batches), ("one by one", each, rounds)):
        for _ in range(times):
            for name, say in ways.items():
                start = time.process_time()
                for source in sources:
                    say(source)
                found[name][kind].append(time.process_time() - start)
    return found


def said_by(poems: Sequence[Poem]) -> dict[str, Say]:
    """How each way recites, taught on the first seed of its tuning; the book's own without its cache, too."""
    ours = train(poems).model
    ways: dict[str, Say] = {
        "chihaya": lambda source: greedy_decode(ours, source),
        "no cache": lambda source: say_anew(ours, source),
    }
    for name in ("nn.Transformer", "BART"):
        if is_there(name):
            ways[name] = torch.inference_mode()(learn(*TUNED[name], poems, seed=0)[1].say)
    return ways
