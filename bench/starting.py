"""What a process of its own takes: its memory at the highest, and the seconds to a first answer."""

import resource
import subprocess
import sys
import sysconfig
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from chihaya.poems import load_poems
from chihaya.training import NotLearnedWarning, train
from learning import TUNED, is_there
from peers import learn

STEPS = 20
"""Memory is as high after few steps as after all of them."""
COMMANDS = {
    "recite": (str(Path(sysconfig.get_path("scripts")) / "chihaya"), "recite", "ちは"),
    "import torch": (sys.executable, "-c", "import torch"),
}


def memory() -> dict[str, int]:
    """The most bytes that each way has held when it has learned and recited a little.

    To be called before this process has grown: the system counts what a child was before it began.
    """
    found = {}
    for name in ("imports alone", "chihaya", "nn.Transformer", "BART"):
        if is_there(name):
            with ProcessPoolExecutor(1, get_context("spawn")) as child:
                found[name] = child.submit(peak, name).result()
    return found


def peak(name: str) -> int:
    """The most bytes that this process has held, when a way has learned and recited a little in it."""
    warnings.simplefilter("ignore", NotLearnedWarning)
    poems = load_poems()
    if name == "chihaya":
        train(poems, steps=STEPS).recite_all([poem.kami_kana for poem in poems])
    elif name in TUNED:
        learn(*TUNED[name], poems, seed=0, most=STEPS)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def first_answer(rounds: int) -> dict[str, list[float]]:
    """Seconds by the clock until the command has answered, and of them those to import torch alone."""
    found: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            found[name].append(time.perf_counter() - start)
    return found
