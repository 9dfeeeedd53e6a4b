"""Two real processes, which gloo joins, on one small case; what is alone is in the other tests."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import chihaya
import pytest
import torch
from chihaya import processes
from chihaya.checkpoint import checkpoint_of
from chihaya.corpora import numbers
from chihaya.processes import ProcessesError

EXACT = """
import sys, torch
from chihaya import cli
torch.set_default_dtype(torch.float64)
"""
"""Double precision, so that rounding stays small beside what a wrong mean would change."""
FAILING = """
import os, sys
from chihaya import cli, training
if os.environ["RANK"] == "1":
    def fail(*_):
        raise OSError(5, "Input/output error", "somewhere")
    training.share_of_loss = fail
"""


class Outcome(NamedTuple):
    code: int
    said: list[str]
    out: str


def command(folder: Path, before: str, count: int, *arguments: str) -> Outcome:
    """The command in so many processes; of what is said, not what torchrun itself says."""
    program = folder / "program.py"
    program.write_text(f"{before}\nsys.exit(cli.main())\n", encoding="utf-8")
    joined = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(count)]
    done = subprocess.run(
        [sys.executable, *(joined if count > 1 else []), str(program), *arguments],
        env=os.environ | {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
    said = [line for line in done.stderr.splitlines() if line.startswith("chihaya: ")]
    return Outcome(done.returncode, said, done.stdout)


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    """129 pairs to see: of them each round leaves one for the second step, so none for one process.

    The targets differ in length, so that the shares have unequal numbers of tokens.
    """
    rows = [f"{source},{target}\n" for source, target in numbers()[:139]]
    (tmp_path / "pairs.csv").write_text("source,target\n" + "".join(rows), encoding="utf-8")
    sizes = ["--d-model", "16", "--heads", "2", "--layers", "1", "--steps", "12"]
    return ["train", "--pairs", str(tmp_path / "pairs.csv"), "--held-out", "0.07", *sizes]


def test_two_processes_learn_what_one_learns(small: list[str], tmp_path: Path) -> None:
    """After twelve steps, where an unweighted mean of both shares is off by far more.

    A double's rounding, 1e-16, grows by AdamW's division by at least 1e-8 to 1e-8 a step in
    entries whose gradient is nothing but rounding, as that of the keys' biases; files hold singles.
    """
    one, two = tmp_path / "one", tmp_path / "two"
    assert command(tmp_path, EXACT, 1, *small, "--output", str(one)).code == 0
    code, said, out = command(tmp_path, EXACT, 2, *small, "--output", str(two))
    assert (code, said) == (0, [])
    assert [line[:4] for line in out.splitlines()] == ["12 歩", "学んだ対", "学んでい"]  # said once
    alone, shared = chihaya.load_reciter(one), chihaya.load_reciter(two)
    for mine, theirs in zip(alone.history, shared.history, strict=True):
        assert theirs.loss == pytest.approx(mine.loss, rel=1e-6)
        assert (mine.step, mine.full, mine.kimariji) == (theirs.step, theirs.full, theirs.kimariji)
    assert shared.held_out == pytest.approx(alone.held_out, rel=1e-6)
    weights = shared.model.state_dict()
    for name, each in alone.model.state_dict().items():
        torch.testing.assert_close(weights[name], each, rtol=0, atol=2e-6, msg=name)


def test_what_goes_wrong_in_one_process_is_said_in_a_line_and_ends_all(
    small: list[str], tmp_path: Path
) -> None:
    code, said, out = command(tmp_path, FAILING, 2, *small, "--output", str(tmp_path / "model"))
    assert (code, out) == (1, "")  # torchrun's
    assert "chihaya: somewhere が使えない（Input/output error）。" in said
    assert len(said) <= 2  # the other one may say that it cannot go on alone
    assert not (tmp_path / "model").exists()
    assert not checkpoint_of(tmp_path / "model").exists()


def test_where_the_first_fails_it_says_so_and_the_others_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[list[object]] = []
    monkeypatch.setattr(torch.distributed, "broadcast_object_list", sent.append)
    monkeypatch.setattr(processes, "place", lambda: (0, 2))
    assert processes.first(lambda: 5) == 5
    with pytest.raises(ZeroDivisionError):
        processes.first(lambda: 1 // 0)
    assert sent == [[5, True], [None, False]]
    monkeypatch.setattr(processes, "place", lambda: (1, 2))
    with pytest.raises(SystemExit) as end:
        processes.first(lambda: pytest.fail("made twice"))
    assert end.value.code == 0


def test_alone_it_is_the_first_of_one_and_nothing_is_done() -> None:
    assert processes.place() == (0, 1)
    assert processes.first(lambda: 5) == 5
    model = torch.nn.Linear(1, 1)
    assert processes.shared(model) is model
    assert processes.mean(torch.tensor(0.25)) == 0.25
    with processes.together("cpu") as device:
        assert device == "cpu"
        assert processes.place() == (0, 1)


def test_mps_is_for_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "0")
    with pytest.raises(ProcessesError, match="mps"), processes.together("mps"):
        pass
