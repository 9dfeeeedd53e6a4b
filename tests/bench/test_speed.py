"""The whole bench with few poems, pairs and steps: it says what it measures, and times nothing that matters."""

import json
import statistics
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import chihaya
import growing
import learning
import peers
import pytest
import reciting
import speed
import starting
from chihaya import experiments, training
from chihaya.training import NotLearnedWarning

POEMS = chihaya.load_poems()
FEW = POEMS[:3]
WAYS = [name for name in learning.WAYS if name != "BART" or find_spec("transformers")]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything once, and little of it."""
    monkeypatch.setattr(speed, "load_poems", lambda: FEW)
    monkeypatch.setattr(speed, "SIZES", (10, 20))
    monkeypatch.setattr(learning, "EPOCHS", 2)
    recite, pairs = reciting.recite, growing.seconds_a_pair
    monkeypatch.setattr(speed, "recite", lambda poems, **_: recite(poems, 1, 1))
    monkeypatch.setattr(speed, "seconds_a_pair", lambda sizes, **_: pairs(sizes, 2, 1))
    monkeypatch.setattr(speed, "memory", lambda: {"chihaya": 3_000_000})
    monkeypatch.setattr(speed, "first_answer", lambda **_: {"recite": [2.0, 4.0, 3.0]})
    monkeypatch.setattr(speed, "processes", lambda **_: {1: [2.0], 2: [1.0]})


def test_all_measures_are_taken_and_told(quick: None) -> None:
    result = json.loads(json.dumps(speed.run(seeds=1)))
    assert list(result["learning"]) == WAYS
    for outcomes in result["learning"].values():
        assert [outcome[2:] for outcome in outcomes] == [[3, 3]]
    assert len(result["lecture"]) == 1
    assert set(result["seconds a pair"]) == {"10", "20"}
    told = dict(speed.rows(result))
    assert told["learning: chihaya"].endswith("0 of 1 failed")
    assert told["first answer: recite"] == "median 3.00 s"
    assert told["memory: chihaya"] == "3 MB"
    assert {name.split(":")[0] for name in told} >= {"reciting batch", "reciting one by one"}


def test_without_transformers_bart_is_left_out_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(learning, "find_spec", lambda _: None)
    monkeypatch.setattr(learning, "WAYS", ("chihaya", "BART"))
    assert list(learning.race(FEW, [0])) == ["chihaya"]
    assert "BART is left out: transformers is not installed" in capsys.readouterr().out


def test_a_way_that_fails_is_counted() -> None:
    outcomes = [peers.Outcome(1.0, 50, 100, 100), peers.Outcome(2.0, 250, 100, 99)]
    others = ("reciting", "memory", "first answer", "seconds a pair", "processes")
    result: dict[str, Any] = {name: {} for name in others} | {"poems": 100}
    told = dict(speed.rows(result | {"learning": {"BART": outcomes}, "lecture": []}))
    assert told["learning: BART"].endswith("worst 2.00 and 250, 1 of 2 failed")


def test_the_one_pass_check_and_the_recital_count_the_same() -> None:
    with pytest.warns(NotLearnedWarning):
        half = training.train(POEMS[:20], steps=30)
    lessons = training.lessons_of(POEMS[:20])
    found = training.check(half, lessons, 30, 0.0)
    assert 0 < found.full < 20
    assert learning.check_by_recital(half, lessons, 30, 0.0) == found


def test_the_lectures_loop_is_waited_for_as_long_as_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "EPOCHS", 1)
    found = learning.lecture(FEW, seed=0)
    assert found["first epoch"] is None
    assert found["kimariji"] == 0


def test_pairs_are_as_long_whatever_their_number() -> None:
    small, large = growing.corpus(1_000), growing.corpus(100_000)
    assert len({pair.source for pair in large}) == 100_000
    for side in range(2):
        means = [statistics.mean(len(pair[side]) for pair in pairs) for pairs in (small, large)]
        assert means[0] == pytest.approx(means[1], rel=0.02)


def test_a_command_and_its_import_are_timed() -> None:
    found = starting.first_answer(rounds=1)
    assert found["import torch"][0] > 0
    assert found["recite"][0] > 0


def test_what_a_process_has_held_is_told_in_bytes() -> None:
    assert 50e6 < starting.peak("imports alone") < 50e9


def test_one_process_and_two_learn_the_same_pairs() -> None:
    found = growing.processes(pairs=20, steps=2, rounds=1)
    assert [len(seconds) for seconds in found.values()] == [1, 1]


def test_the_result_names_its_revision_and_what_it_rests_on(
    quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(speed, "run", lambda: {"revision": speed.revision()})
    monkeypatch.setattr(speed, "rows", lambda _: [])
    monkeypatch.setattr(sys, "argv", ["speed.py"])
    monkeypatch.setattr(experiments, "HERE", tmp_path)
    speed.main()
    file = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert len(file["result"]["revision"].rstrip("+")) == 12
    assert {"training.py", "../../bench/peers.py", "../../bench/growing.py"} <= set(
        file["rests_on"]
    )
