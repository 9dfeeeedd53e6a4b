"""A Reciter as a file, and the one that is kept in the user's cache folder.

The file is a safetensors file: it holds numbers only, and loading it runs no code.
Sizes, vocabulary and history stand as JSON in its header, so that one file is the
whole reciter and replacing it is one step.
"""

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

import platformdirs
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from . import poems as _poems
from . import recital, training, transformer, vocabulary
from .poems import Poem
from .recital import Check, Reciter
from .transformer import Sizes, Transformer
from .vocabulary import Vocabulary

HEADER = "chihaya"
EXACT = 2**53
"""Below, JSON's readers agree on every whole number."""


class ModelFileError(ValueError):
    """A file that is not a reciter, or a broken one."""


def save_reciter(reciter: Reciter, path: Path) -> None:
    """Write the reciter beside `path`, then put it there in one step.

    Raises OSError, naming `path`, if that cannot be done; what was there is then untouched.
    """
    header = {
        "sizes": asdict(reciter.model.sizes),
        "characters": reciter.vocabulary.characters,
        "history": reciter.history,
    }
    data = save(reciter.model.state_dict(), {HEADER: json.dumps(header, ensure_ascii=False)})
    check_place(path)
    with _naming(path):
        beside = path.parent / uuid4().hex  # no tempfile: only its owner could read that
        try:
            beside.write_bytes(data)
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


def load_reciter(path: Path) -> Reciter:
    """Read a reciter. Raises ModelFileError if the file is none; OSError if it cannot be read."""
    path.open("rb").close()  # for its OSError: safe_open has others
    try:
        with safe_open(path, framework="pt") as file:
            header = json.loads((file.metadata() or {})[HEADER])
            weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
        known = Vocabulary("".join(header["characters"]))
        sizes = Sizes(**header["sizes"])
        if sizes.layers > len(weights) or sizes.vocabulary != len(known):
            raise ValueError("the header does not agree with the weights")
        with torch.device("meta"):  # sizes come from the file: nothing is allocated for them
            model = Transformer(sizes, pad=known.pad)
        model.load_state_dict(weights, assign=True)
        return Reciter(model, known, tuple(_check(*row) for row in header["history"]))
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


def cached_path(poems: Sequence[Poem], seed: int = 0) -> Path:
    """Where the reciter of these poems and this seed is kept: a new place when code or data change."""
    digest = hashlib.sha256(repr((tuple(poems), seed)).encode())
    for module in (_poems, vocabulary, transformer, recital, training):
        digest.update(Path(module.__file__ or "").read_bytes())
    folder = platformdirs.user_cache_path("chihaya")
    return folder / f"reciter-{digest.hexdigest()[:16]}.safetensors"


def load_or_train(
    poems: Sequence[Poem], seed: int = 0, tell: Callable[[str], None] = print
) -> Reciter:
    """The kept reciter of these poems, trained and kept first where there is none.

    One that has not learned every poem is not kept. `tell` gets a sentence if the kept
    file turns out broken, and is then replaced, or if nothing can be kept.
    """
    path = cached_path(poems, seed)
    try:
        return load_reciter(path)
    except FileNotFoundError:
        pass
    except PermissionError:
        tell(f"保存してあった {path} を読む権限がないので，学習し直す。")
    except (ModelFileError, OSError):
        tell(f"保存してあった {path} が壊れていて読めないので，学習し直して置き換える。")
    reciter = training.train(poems, seed)
    if training.learned(reciter.history, poems):
        try:
            save_reciter(reciter, path)
        except OSError as error:
            tell(f"学習したモデルを {path} に保存できなかった（{error.strerror}）。")
    return reciter
