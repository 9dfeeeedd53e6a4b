"""A Reciter as a file; the one that comes with the package.

The file is a safetensors file: it holds numbers only, and loading it runs no code. All else
stands as JSON under `chihaya` in its header, so that one file is the whole reciter and
replacing it is one step:

    format   1
    sizes    what `Sizes` says
    tokens   the vocabulary after `<pad>`, `<bos>`, `<eos>`: a code point each, none normalised
    longest  the most kana of a verse
    recipe   what it was trained with
    history  step, loss, poems recited from the whole upper verse and from the 決まり字: rows of `Check`
    held_out the loss on what was held out at each row of history; only if something was

A model of pairs that are no poems says so by `pairs` in its recipe: how many it saw.
"""

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from .pairs import LONGEST
from .recital import Check, Reciter
from .transformer import Sizes, Transformer
from .vocabulary import Vocabulary

SHIPPED = Path(__file__).with_name("reciter.safetensors")
"""Recites the hundred poems; made by `make model`."""
HEADER = "chihaya"
FORMAT = 1
EXACT = 2**53
"""Below, JSON's readers agree on every whole number."""


class ModelFileError(ValueError):
    """A file that is not a reciter, or a broken one."""


def save_reciter(reciter: Reciter, path: Path, dtype: torch.dtype = torch.float32) -> None:
    """Write the reciter beside `path`, then put it there in one step.

    With `torch.float16` the file is half as large, and the weights are rounded: whether it still
    recites is to be tried. Raises OSError, naming `path`, if that cannot be done; what was there
    is then untouched.
    """
    header = {
        "format": FORMAT,
        "sizes": asdict(reciter.model.sizes),
        "tokens": list(reciter.vocabulary.characters),
        "longest": LONGEST,
        "recipe": reciter.recipe,
        "history": reciter.history,
    }
    if reciter.held_out:
        header["held_out"] = reciter.held_out
    weights = {name: each.to("cpu", dtype) for name, each in reciter.model.state_dict().items()}
    data = save(weights, {HEADER: json.dumps(header, ensure_ascii=False)})
    check_place(path)
    put(data, path, path.parent / uuid4().hex)


def put(data: bytes, path: Path, beside: Path) -> None:
    """Write `data` to a file `beside` the place where it is to be, then put it there in one step.

    Raises OSError, naming `path`, if that cannot be done; what was there is then untouched.
    """
    with _naming(path):
        try:
            with beside.open("wb") as file:  # no tempfile: only its owner could read that
                file.write(data)
                file.flush()
                os.fsync(file.fileno())  # on the disk before it is under its name: power may fail
            os.replace(beside, path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def check_place(path: Path) -> None:
    """Raise OSError, naming `path`, where no file can be put: known before training, not after."""
    with _naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path.parent).close()
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an OSError name `path` and not the file beside it, of which nobody knows."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def load_reciter(path: Path = SHIPPED) -> Reciter:
    """Read a reciter, or the one that comes with the package; its weights become float32.

    Raises ModelFileError if the file is none; OSError if it cannot be read.
    """
    path.open("rb").close()  # for its OSError: safe_open has others
    try:
        with safe_open(path, framework="pt") as file:
            header = json.loads((file.metadata() or {})[HEADER])
            weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
        known = Vocabulary("".join(header["tokens"]), verses="pairs" not in header["recipe"])
        sizes = Sizes(**header["sizes"])
        told = (header["format"], header["longest"], header["tokens"])
        if told != (FORMAT, LONGEST, list(known.characters)):
            raise ValueError("written by another version")
        if sizes.layers > len(weights) or sizes.vocabulary != len(known):
            raise ValueError("the header does not agree with the weights")
        if not isinstance(header["recipe"], dict):
            raise ValueError("the recipe is none")
        with torch.device("meta"):  # sizes come from the file: nothing is allocated for them
            model = Transformer(sizes, pad=known.pad)
        model.load_state_dict(weights, assign=True)
        history = tuple(_check(*row) for row in header["history"])
        held_out = tuple(_check(0, loss, 0, 0).loss for loss in header.get("held_out", []))
        return Reciter(model, known, history, header["recipe"], held_out)
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise ModelFileError(
            f"{path} は chihaya のモデルとして読めない。chihaya train で作ったファイルを渡してほしい。"
        ) from error


def _check(step: object, loss: object, full: object, kimariji: object) -> Check:
    """A row of the history, if training could have written it; else ValueError."""
    match step, loss, full, kimariji:
        case int(), int() | float(), int(), int():
            row = Check(step, loss, full, kimariji)
            if all(0 <= number < EXACT and not isinstance(number, bool) for number in row):
                return row
    raise ValueError("the history is none")
