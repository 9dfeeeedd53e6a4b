"""Whether a pair costs more where there are more of them, and what a second process brings."""

import csv
import os
import random
import subprocess
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from chihaya.corpora import numbers
from chihaya.pairs import Pair
from chihaya.training import BATCH, NotLearnedWarning, train

LETTERS = "あいうえおかきくけこ"
WIDTH = 256
"""Of the model that two processes share: wide enough that a step is work."""


def corpus(size: int) -> list[Pair]:
    """So many of 100,000 pairs: a letter and a number, and its reading. As long, whatever the size."""
    pairs = [Pair(letter + source, target) for letter in LETTERS for source, target in numbers()]
    return random.Random(0).sample(pairs, size)


def seconds_a_pair(sizes: Sequence[int], steps: int, rounds: int) -> dict[int, list[float]]:
    """CPU seconds for each pair of each step, all sizes in turn; with all that `train` does besides."""
    warnings.simplefilter("ignore", NotLearnedWarning)
    found: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size, seconds in found.items():
            pairs = corpus(size)
            start = time.process_time()
            taken = train(pairs, steps=steps).history[-1].step
            seconds.append((time.process_time() - start) / (taken * min(size, BATCH)))
    return found


def processes(pairs: int, steps: int, rounds: int) -> dict[int, list[float]]:
    """Seconds by the clock for the command that learns pairs: in one process, and in two of a thread each."""
    found: dict[int, list[float]] = {1: [], 2: []}
    with TemporaryDirectory() as folder:
        file, model = Path(folder) / "pairs.csv", Path(folder) / "model.safetensors"
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([Pair._fields, *corpus(pairs)])
        told = ["train", "--pairs", str(file), "--steps", str(steps), "--d-model", str(WIDTH)]
        torchrun = ["-m", "torch.distributed.run", "--nproc-per-node", "2"]
        for _ in range(rounds):
            for count, command in ((1, []), (2, torchrun)):
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, *command, "-m", "chihaya", *told, "--output", str(model)],
                    env=os.environ | {"OMP_NUM_THREADS": "1"},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,  # that not every pair is learned in so few steps
                )
                found[count].append(time.perf_counter() - start)
                model.unlink()  # it is there, or the command has failed
    return found
