"""A training that goes on, as a file beside its output: what was broken off can be resumed.

A safetensors file as a model is: numbers, and JSON in its header, of which loading runs nothing.

    task     what is learned, and how: only the same task is resumed
    told     step, history and whatever else is no tensor
    digest   of all the rest; a file that was changed or cut off is none

No state of the dice is kept: the seed and the number of steps tell it.
"""

import json
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from .storage import HEADER, check_place, put

SECONDS, SHARE = 5, 1 / 50
"""At least so long between two checkpoints, and so long that writing them takes this share of the time."""
DIGEST = "digest"


class CheckpointError(ValueError):
    """A checkpoint that is not there, or there unasked, or broken, or of another training."""


def checkpoint_of(output: Path) -> Path:
    """The file beside `output` that holds the state of a training until the model is there."""
    return output.parent / f"{output.name}.checkpoint"


class State(NamedTuple):
    """All that changes in the course of a training."""

    told: dict[str, Any]
    tensors: dict[str, Tensor]


class Checkpoint:
    """Keeps the state of a training now and then; gives it back to go on from."""

    def __init__(self, output: Path, resume: bool) -> None:
        """Raises CheckpointError if there is nothing to resume, or something that was not asked for."""
        self.path = checkpoint_of(output)
        self.part = self.path.parent / f"{self.path.name}.part"
        self.resume = resume
        self.due = time.monotonic() + SECONDS
        check_place(self.part)
        if resume and not self.path.exists():
            raise CheckpointError(
                f"{self.path} がない（まだ書かれていないか，学習が済んだ）。--resume を外してほしい。"
            )
        if self.path.exists() and not resume:
            raise CheckpointError(
                f"{self.path} に学習の途中がある。--resume を添えて続けるか，それを消してほしい。"
            )

    def keep(self, task: dict[str, Any], state: Callable[[], State]) -> None:
        """Write the state in one step, if it is time. Raises OSError, naming the file."""
        start = time.monotonic()
        if start < self.due:
            return
        told, tensors = state()
        header = json.dumps({"task": task, "told": told}, ensure_ascii=False)
        tensors = {name: each.cpu().contiguous() for name, each in tensors.items()}
        put(save(tensors, {HEADER: header, DIGEST: _digest(header, tensors)}), self.path, self.part)
        end = time.monotonic()
        self.due = end + max(SECONDS, (end - start) / SHARE)

    def load(self, task: dict[str, Any]) -> State | None:
        """The state to go on from, if that was asked for. Raises CheckpointError, OSError."""
        if not self.resume:
            return None
        self.path.open("rb").close()  # for its OSError: safe_open has others
        try:
            with safe_open(self.path, framework="pt") as file:
                text, digest = (file.metadata()[each] for each in (HEADER, DIGEST))
                names = file.keys()
                tensors = {name: file.get_tensor(name).clone() for name in names}  # no view of it
            if digest != _digest(text, tensors):
                raise ValueError("changed")
            header = json.loads(text)
            known, told = header["task"], header["told"]
        except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
            raise CheckpointError(
                f"{self.path} は壊れている。それを消し，--resume を外して始めから学習してほしい。"
            ) from error
        if known != json.loads(json.dumps(task)):
            raise CheckpointError(
                f"{self.path} は別の対か別の指定による学習の途中である。"
                "始めたときと同じ命令に --resume を添えてほしい。"
            )
        return State(told, tensors)

    def remove(self) -> None:
        """Leave nothing behind."""
        self.path.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)


def _digest(header: str, tensors: dict[str, Tensor]) -> str:
    """Of all that a checkpoint says."""
    found = sha256(header.encode())
    for name, each in sorted(tensors.items()):
        found.update(f"{name} {each.dtype} {tuple(each.shape)}".encode())
        found.update(each.numpy().tobytes())
    return found.hexdigest()
