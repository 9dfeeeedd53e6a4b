"""Several processes that train one model together, as torchrun starts them; one alone pays nothing."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

Made = TypeVar("Made")


class ProcessesError(RuntimeError):
    """What is computed together cannot go on: another process ended, or they cannot be joined."""


def launched() -> bool:
    """Whether torchrun started this process."""
    return "TORCHELASTIC_RUN_ID" in os.environ


def place() -> tuple[int, int]:
    """The number of this process, from 0 on, and how many there are."""
    if distributed.is_available() and distributed.is_initialized():
        return distributed.get_rank(), distributed.get_world_size()
    return 0, 1


@contextmanager
def together(device: str) -> Iterator[str]:
    """Join the others where torchrun started this process; gives the device that is its own."""
    if not launched():
        yield device
        return
    if device == "mps":
        raise ProcessesError("mps では一つのプロセスでしか学習できない。torchrun を外してほしい。")
    try:
        if device == "cuda":
            device = f"cuda:{os.environ['LOCAL_RANK']}"
            torch.cuda.set_device(device)
        distributed.init_process_group("gloo" if device == "cpu" else "nccl")
        yield device
    except RuntimeError as error:  # gloo has no error of its own
        said = str(error).partition("\n")[0]
        raise ProcessesError(f"プロセスどうしで学習を続けられない（{said}）。") from error
    distributed.destroy_process_group()  # after an error the process ends, and waits for nobody


def first(make: Callable[[], Made]) -> Made:
    """What the first process makes, given to all; where it fails, it says so, and the others end."""
    number, count = place()
    if count == 1:
        return make()
    made: list[Made | bool | None] = [None, False]
    try:
        if number == 0:
            made = [make(), True]
    except Exception:
        distributed.broadcast_object_list(made)
        raise
    distributed.broadcast_object_list(made)
    if not made[1]:
        raise SystemExit(
            0
        )  # no failure of its own: torchrun would end the first before it has spoken
    return made[0]  # type: ignore[return-value]


def shared(model: nn.Module) -> nn.Module:
    """The model, whose gradients will be the mean of all processes' gradients."""
    return DistributedDataParallel(model) if place()[1] > 1 else model


def mean(loss: Tensor) -> float:
    """The mean of all processes' losses."""
    loss, count = loss.detach(), place()[1]
    if count > 1:
        distributed.all_reduce(loss)
    return loss.item() / count
