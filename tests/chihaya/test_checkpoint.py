import json
import math
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chihaya
import pytest
import torch
from chihaya import Pair, Reciter, checkpoint, training
from chihaya.checkpoint import Checkpoint, CheckpointError, State, checkpoint_of
from chihaya.corpora import numbers
from chihaya.storage import put
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save

TASK = {"recipe": {"seed": 7, "betas": (0.9, 0.999)}, "pairs": "digest"}
STATE = State(
    {"step": 3, "history": [[5, 0.1, 2, 2]], "losses": [1 / 3]},
    {"weights/a": torch.arange(6.0).reshape(2, 3).T, "AdamW/0/step": torch.tensor(3.0)},
)
SMALL: dict[str, Any] = {"d_model": 8, "heads": 2, "layers": 1}


@pytest.fixture
def at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "SECONDS", 0)
    monkeypatch.setattr(checkpoint, "SHARE", math.inf)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # so often it would take long


@pytest.fixture
def kept(at_every_step: None, tmp_path: Path) -> Path:
    """A checkpoint."""
    Checkpoint(tmp_path / "model", resume=False).keep(TASK, lambda: STATE)
    return tmp_path / "model"


def load(output: Path) -> State:
    state = Checkpoint(output, resume=True).load(TASK)
    assert state
    return state


# The file


def test_what_was_kept_is_given_back_to_the_last_bit(kept: Path) -> None:
    told, tensors = load(kept)
    assert told == STATE.told
    assert set(tensors) == set(STATE.tensors)
    assert all(torch.equal(each, STATE.tensors[name]) for name, each in tensors.items())
    assert list(kept.parent.iterdir()) == [checkpoint_of(kept)]


def test_it_is_gone_when_it_is_no_longer_needed(kept: Path) -> None:
    again = Checkpoint(kept, resume=True)
    again.part.write_bytes(b"what was being written when the process was killed")
    again.remove()
    assert not list(kept.parent.iterdir())


def test_nothing_is_loaded_unasked(tmp_path: Path) -> None:
    assert Checkpoint(tmp_path / "model", resume=False).load(TASK) is None


def test_time_must_pass_between_two_and_the_more_the_longer_writing_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, takes, moments = 100.0, 0.01, []

    def put_slowly(*_: object) -> None:
        nonlocal now
        moments.append(now)
        now += takes

    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(checkpoint, "put", put_slowly)
    keeping = Checkpoint(tmp_path / "model", resume=False)
    for now in (104.9, 105, 110, 110.1):  # noqa: B007
        keeping.keep(TASK, lambda: STATE)
    takes = 2  # a fiftieth of 100
    for now in (120, 125, 221.9, 222.1):  # noqa: B007
        keeping.keep(TASK, lambda: STATE)
    assert moments == [105, 110.1, 120, 222.1]


@pytest.mark.parametrize("resume", [True, False])
def test_to_resume_is_to_be_said_if_and_only_if_there_is_something(
    tmp_path: Path, kept: Path, resume: bool
) -> None:
    before = checkpoint_of(kept).read_bytes()
    with pytest.raises(CheckpointError, match="--resume") as error:
        Checkpoint(tmp_path / "other" if resume else kept, resume)
    assert str(checkpoint_of(tmp_path / "other" if resume else kept)) in str(error.value)
    assert checkpoint_of(kept).read_bytes() == before


@pytest.mark.parametrize(
    "task", [{}, TASK | {"pairs": "others"}, TASK | {"recipe": {"seed": 8, "betas": [0.9, 0.999]}}]
)
def test_another_task_is_not_resumed(kept: Path, task: dict[str, Any]) -> None:
    before = checkpoint_of(kept).read_bytes()
    with pytest.raises(CheckpointError, match="別の対か別の指定"):
        Checkpoint(kept, resume=True).load(task)
    assert checkpoint_of(kept).read_bytes() == before


def refused(output: Path, data: bytes) -> None:
    checkpoint_of(output).write_bytes(data)
    with pytest.raises(CheckpointError, match="壊れている") as error:
        load(output)
    assert len(str(error.value).splitlines()) == 1
    assert checkpoint_of(output).read_bytes() == data


@settings(deadline=None)
@given(start=st.integers(0, 1000), length=st.integers(0, 9), data=st.binary(max_size=9))
def test_a_file_with_any_bytes_changed_is_refused(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, data: bytes
) -> None:
    output = tmp_path_factory.getbasetemp() / "changed"
    header = json.dumps({"task": TASK, "told": STATE.told})
    tensors = {name: each.contiguous() for name, each in STATE.tensors.items()}
    digest = checkpoint._digest(header, tensors)
    original = save(tensors, {"chihaya": header, "digest": digest})
    changed = original[:start] + data + original[start + length :]
    if changed == original:
        return
    checkpoint_of(output).write_bytes(changed)
    try:
        assert load(output).told == STATE.told  # a digest in capitals, a space in the header
    except CheckpointError:
        assert checkpoint_of(output).read_bytes() == changed


class Trap:
    """Unpickling this would end the test."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("unpickled",)


def test_a_pickle_a_model_and_nothing_are_refused(kept: Path) -> None:
    refused(kept, pickle.dumps(Trap()))
    refused(kept, chihaya.storage.SHIPPED.read_bytes())
    refused(kept, b"")


def test_a_tensor_that_was_changed_is_noticed(kept: Path) -> None:
    data = bytearray(checkpoint_of(kept).read_bytes())
    data[-1] ^= 1
    refused(kept, bytes(data))


@pytest.mark.parametrize("failing", ["os.replace", "os.fsync"])
def test_a_full_disk_leaves_the_last_checkpoint(
    kept: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(failing, fail)
        with pytest.raises(OSError, match="No space left") as error:
            Checkpoint(kept, resume=True).keep(TASK, lambda: State({}, {}))
    assert error.value.filename == str(checkpoint_of(kept))
    assert load(kept).told == STATE.told
    assert list(kept.parent.iterdir()) == [checkpoint_of(kept)]


# Training


class StoppedError(Exception):
    """The end of a process."""


def broken_off(
    output: Path, after: int, learn: Callable[..., Reciter], monkeypatch: pytest.MonkeyPatch
) -> Reciter:
    """Train, stopped after so many checkpoints, and resumed as often as that takes."""
    resume = False
    while True:
        written = 0

        def put_so_often(data: bytes, path: Path, beside: Path) -> None:
            nonlocal written
            if written == after:
                raise StoppedError
            written += 1
            put(data, path, beside)

        monkeypatch.setattr(checkpoint, "put", put_so_often)
        try:
            return learn(checkpoint=Checkpoint(output, resume))
        except StoppedError:
            resume = True


def poems(**options: Any) -> Reciter:
    return chihaya.train(chihaya.load_poems()[:5], seed=2, **SMALL, **options)


def pairs(**options: Any) -> Reciter:
    """More than go into one step."""
    return chihaya.train(numbers()[:150], steps=33, **SMALL, **options)


def held_out(**options: Any) -> Reciter:
    """So long that the lowest loss comes before the end."""
    seen, unseen = numbers()[:20], numbers()[200:210]
    return chihaya.train(seen, held_out=unseen, steps=120, **SMALL, **options)


def beginnings(**options: Any) -> Reciter:
    return chihaya.train(
        [Pair("あいう", "a"), Pair("かき", "b")], beginnings=True, **SMALL, **options
    )


@pytest.mark.filterwarnings("ignore::chihaya.NotLearnedWarning")
@pytest.mark.parametrize("learn", [poems, pairs, held_out, beginnings])
def test_what_was_resumed_ends_as_if_it_had_never_been_broken_off(
    learn: Callable[..., Reciter],
    at_every_step: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    whole = learn()
    again = broken_off(tmp_path / "model", 7, learn, monkeypatch)
    assert (again.history, again.held_out) == (whole.history, whole.held_out)
    if learn is held_out:
        assert whole.held_out[-1] > min(whole.held_out)
    theirs = again.model.state_dict()
    for name, mine in whole.model.state_dict().items():
        assert torch.equal(mine, theirs[name]), name


def test_a_run_that_learns_something_else_is_another_task() -> None:
    def task(*lessons: Pair, seed: int = 0, d_model: int = 8) -> str:
        learned = training.lessons_of(lessons)
        vocabulary = chihaya.Vocabulary("ab", verses=False)
        model = chihaya.Transformer(chihaya.Sizes(len(vocabulary), d_model=d_model))
        recipe = training.recipe_for(len(lessons), False, seed, None)
        return json.dumps(training.Run(Reciter(model, vocabulary), learned, [], recipe).task)

    one, other = Pair("a", "b"), Pair("b", "a")
    tasks = [task(one), task(other), task(one, other), task(other, one), task(one, seed=1)]
    tasks += [task(one, d_model=12)]
    assert len({*tasks}) == 6
    assert task(one) == task(one)


# The real command, killed


TRAIN = (
    "import os, sys; from chihaya import checkpoint, cli; os.fsync = lambda _: None; "
    "checkpoint.SECONDS, checkpoint.SHARE = 0, 1e9; sys.exit(cli.main())"
)


def start(output: Path, *arguments: str) -> subprocess.Popen[str]:
    small = ["--d-model", "16", "--heads", "2", "--layers", "1", "--held-out", "0.1"]
    pairs = output.with_name("pairs.csv")
    given = ["--pairs", str(pairs), "--output", str(output), "--steps", "200", *small, *arguments]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", TRAIN, "train", *given],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def number(path: Path) -> int:
    """Another one for each file that was ever put there."""
    return path.stat().st_mtime_ns if path.exists() else 0


def test_killed_at_any_moment_it_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    dice = random.Random(0)
    rows = [f"{source},{target}\n" for source, target in numbers()[:150]]
    (tmp_path / "pairs.csv").write_text("source,target\n" + "".join(rows), encoding="utf-8")
    whole = start(tmp_path / "whole")
    assert whole.wait() == 0
    broken = tmp_path / "broken"
    resume: list[str] = []
    for _ in range(2):
        before = number(checkpoint_of(broken))
        process = start(broken, *resume)
        while number(checkpoint_of(broken)) == before:
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.4))
        process.kill()
        assert process.wait() == -signal.SIGKILL
        assert not broken.exists()
        resume = ["--resume"]
    last = start(broken, *resume)
    assert last.communicate()[0].replace("broken", "whole") == whole.communicate()[0]
    assert broken.read_bytes() == (tmp_path / "whole").read_bytes()
    assert {each.name for each in tmp_path.iterdir()} == {"pairs.csv", "whole", "broken"}
