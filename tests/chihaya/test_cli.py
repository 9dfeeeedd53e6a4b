import copy
import json
import math
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple, NoReturn

import chihaya
import pytest
import torch
from chihaya import Reciter, cli
from chihaya.cli import main
from chihaya.storage import SHIPPED, load_reciter, save_reciter
from safetensors.torch import save_file

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
POEMS = chihaya.load_poems()
HEADER = "no,poet,kami,shimo,kami_kana,shimo_kana"
ROW = "1,天智天皇,秋の,わが,あきの,わが"
ANOTHER = "2,持統天皇,春過ぎて,衣ほすてふ,はるすぎて,ころもほすてふ"
CHIHA = "からくれなゐにみづくくるとは"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command in this process."""

    def call(*arguments: str | Path) -> Outcome:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Outcome(code, *capsys.readouterr())

    return call


def refused(outcome: Outcome, *said: str) -> None:
    """Exit code 2, nothing on stdout, one line on stderr that names what was wrong."""
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chihaya: ")
    assert outcome.err.endswith("\n")
    assert len(outcome.err.splitlines()) == 1
    for part in said:
        assert part in outcome.err


def never(*arguments: object, **options: object) -> NoReturn:
    pytest.fail("trained")


@pytest.fixture(autouse=True)
def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test fails that trains unasked."""
    monkeypatch.setattr("chihaya.cli.train", never)


@pytest.fixture
def training(no_training: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for."""
    monkeypatch.setattr("chihaya.cli.train", chihaya.train)


# recite


@pytest.mark.parametrize("verse", ["ちは", "ちはやぶる", POEMS[16].kami_kana])
def test_recite_prints_the_lower_verse_alone(run: Run, verse: str) -> None:
    assert run("recite", verse) == (0, CHIHA + "\n", "")


def test_an_ambiguous_beginning_is_answered_with_a_note_of_what_remains(run: Run) -> None:
    code, out, err = run("recite", "ちぎり")
    assert code == 0
    assert out.strip()
    assert err == (
        "chihaya: 「ちぎり」ではまだ決まらない。2 首が残る："
        "42 番「ちぎりきなかたみにそでをしぼりつつ」，75 番「ちぎりおきしさせもがつゆをいのちにて」。\n"
    )
    assert "17 首が残る" in run("recite", "あ").err


@pytest.mark.parametrize(
    ("verse", "nearest"),
    [
        ("ちはやふる", "17 番「ちはやぶるかみよもきかずたつたがは」"),
        ("おぐ", "26 番「をぐらやまみねのもみぢばこころあらば」"),
        ("おおこ", "44 番「あふことのたえてしなくばなかなかに」"),
        ("ちはやぶるかみよもきかずたつたがはかは", "17 番「ちはやぶる"),
    ],
)
def test_a_beginning_of_no_poem_is_answered_with_a_note_of_the_nearest(
    run: Run, verse: str, nearest: str
) -> None:
    code, out, err = run("recite", verse)
    assert code == 0
    assert out.strip()
    assert err.startswith(f"chihaya: 「{verse}」で始まる歌はない。最も近いのは {nearest}")
    assert len(err.splitlines()) == 1


VERSES_REFUSED = [
    ("千早", ["漢字「千」", "ひらがな"]),
    ("ちはやぶる神代", ["漢字「神」"]),
    ("チハ", ["「チ」（U+30C1）"]),
    ("chiha", ["「c」"]),
    ("ちは やぶる", ["目に見えない文字（U+0020）"]),
    ("ちは\n", ["（U+000A）"]),
    ("ひとりかもねん", ["「ん」（U+3093）"]),
    ("", ["空である"]),
    ("あ" * 41, ["41 文字ある。40 文字まで"]),
]


@pytest.mark.parametrize(("verse", "said"), VERSES_REFUSED)
def test_what_is_no_verse_is_refused(run: Run, verse: str, said: list[str]) -> None:
    refused(run("recite", verse), *said)


# evaluate


def test_evaluate_counts(run: Run) -> None:
    code, out, err = run("evaluate", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"poems": 100, "full": 100, "kimariji": 100}
    assert out.count("\n") == 1
    code, out, err = run("evaluate")
    assert (code, err) == (0, "")
    assert "100 首のうち" in out
    assert "全体から 100 首，決まり字から 100 首" in out


def test_evaluate_counts_afresh_what_the_model_says(
    run: Run, reciter: Reciter, tmp_path: Path
) -> None:
    """A model spoilt after training, and poems that say something else, are seen through."""
    spoilt = copy.deepcopy(reciter)
    torch.nn.init.zeros_(spoilt.model.decoder.norm.weight)
    save_reciter(spoilt, tmp_path / "model")
    code, out, _ = run("evaluate", "--json", "--model", tmp_path / "model")
    assert (code, json.loads(out)) == (0, {"poems": 100, "full": 0, "kimariji": 0})
    swapped = (
        f"{HEADER}\n"
        f"16,在原行平,立ち別れ,まつ,{POEMS[15].kami_kana},{POEMS[15].shimo_kana}\n"
        f"17,在原業平,ちはやぶる,まつ,{POEMS[16].kami_kana},{POEMS[15].shimo_kana}\n"
    )
    (tmp_path / "poems.csv").write_text(swapped, encoding="utf-8")
    code, out, _ = run("evaluate", "--json", "--model", SHIPPED, "--poems", tmp_path / "poems.csv")
    assert (code, json.loads(out)["poems"], json.loads(out)["full"]) == (0, 2, 1)


# train


def test_train_saves_the_model_where_it_is_told_or_here(
    run: Run, reciter: Reciter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[int, int]] = []

    def train(poems: tuple[chihaya.Poem, ...], seed: int, **options: object) -> Reciter:
        asked.append((len(poems), seed))
        return reciter

    monkeypatch.setattr("chihaya.cli.train", train)
    monkeypatch.chdir(tmp_path)
    code, out, err = run("train")
    assert (code, err) == (0, "")
    step = reciter.history[-1].step
    assert out == f"{step} 歩で 100 首を覚え，reciter.safetensors に保存した。\n"
    assert run("train", "--seed", "7", "--output", tmp_path / "other").code == 0
    assert asked == [(100, 0), (100, 7)]
    assert set(tmp_path.iterdir()) == {tmp_path / "reciter.safetensors", tmp_path / "other"}
    assert load_reciter(tmp_path / "other").recite("ちは") == CHIHA


def test_poems_of_ones_own_are_learned_and_recited(
    training: None, run: Run, tmp_path: Path
) -> None:
    file, model = tmp_path / "poems.csv", tmp_path / "new" / "model"
    file.write_text(f"{HEADER}\n{ROW}\n{ANOTHER}\n", encoding="utf-8")
    code, out, _ = run("train", "--poems", file, "--output", model)
    assert code == 0
    assert "2 首を覚え" in out
    answer = run("recite", "は", "--poems", file, "--model", model)
    assert answer == (0, "ころもほすてふ\n", "")


@pytest.mark.parametrize("command", [["recite", "あ"], ["evaluate", "--json"]])
def test_poems_of_ones_own_without_a_model_are_to_be_learned_first(
    run: Run, tmp_path: Path, command: list[str]
) -> None:
    file = tmp_path / "poems.csv"
    file.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    refused(run(*command, "--poems", file), f"chihaya train --poems {file}", "--model")


def test_not_learned_is_said_and_not_saved(
    training: None, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chihaya.training.STEPS", 5)
    model = tmp_path / "model"
    model.write_text("before")
    outcome = run("train", "--output", model)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("chihaya: 5 歩では覚えきれなかった")
    assert len(outcome.err.splitlines()) == 1
    assert model.read_text() == "before"


@pytest.mark.parametrize("seed", ["-1", "x", "1.5", "1" * 30, ""])
def test_a_seed_that_is_none_is_refused(run: Run, seed: str) -> None:
    refused(run("train", f"--seed={seed}"), "--seed", repr(seed), "整数")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "フォルダである"),
        ("file/model", "途中にフォルダでないものがある"),
        ("file/below/model", "途中にフォルダでないものがある"),
        ("long" * 100, "使えない"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused_before_training(
    run: Run, tmp_path: Path, place: str, said: str
) -> None:
    (tmp_path / "file").write_text("before")
    refused(run("train", "--output", tmp_path / place), str(tmp_path / place), said)
    assert (tmp_path / "file").read_text() == "before"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_no_permission_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not with a folder made read-only: who runs as root may write there all the same."""

    def fail(*arguments: object, **options: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(tmp_path / "somewhere"))

    monkeypatch.setattr("tempfile.TemporaryFile", fail)
    refused(run("train", "--output", tmp_path / "model"), str(tmp_path / "model"), "権限がない")


@pytest.mark.parametrize("command", [["train"], ["recite", "ちは"], ["evaluate"]])
def test_an_interruption_ends_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
) -> None:
    def interrupt(*arguments: object, **options: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("chihaya.cli.train", interrupt)
    monkeypatch.setattr("chihaya.cli.load_reciter", interrupt)
    assert run(*command) == (130, "", "chihaya: 中断した。\n")
    assert not list(tmp_path.iterdir())


# A training that was broken off, and devices


@pytest.fixture
def breaking(training: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let an error stop the training of two poems after it has kept some checkpoints."""
    monkeypatch.setattr("chihaya.checkpoint.SECONDS", 0)
    monkeypatch.setattr("chihaya.checkpoint.SHARE", math.inf)

    def call(error: BaseException) -> None:
        kept = 0

        def replace(beside: Path, path: Path) -> None:
            nonlocal kept
            kept += 1
            if kept == 5:
                raise error
            beside.rename(path)

        monkeypatch.setattr("os.replace", replace)

    return call


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "中断した。"),
        (OSError(28, "No space left on device"), 2, "model.checkpoint が使えない（No space left"),
        (
            PermissionError(13, "Permission denied"),
            2,
            "model.checkpoint を読み書きする権限がない。",
        ),
    ],
)
def test_whoever_was_stopped_is_told_that_resuming_goes_on_and_it_does(
    breaking: Callable[[BaseException], None],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: BaseException,
    code: int,
    said: str,
) -> None:
    poems, model, whole = tmp_path / "poems.csv", tmp_path / "model", tmp_path / "whole"
    poems.write_text(f"{HEADER}\n{ROW}\n{ANOTHER}\n", encoding="utf-8")
    assert run("train", "--poems", poems, "--output", whole).code == 0
    breaking(error)
    outcome = run("train", "--poems", poems, "--output", model)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith("chihaya: ") and len(outcome.err.splitlines()) == 1
    assert said in outcome.err and "--resume を添えれば" in outcome.err
    monkeypatch.setattr("os.replace", Path.rename)
    checkpoint = tmp_path / "model.checkpoint"
    before = checkpoint.read_bytes()
    again = ["train", "--poems", poems, "--output", model]
    refused(run(*again), "model.checkpoint に学習の途中がある", "--resume")
    refused(run(*again, "--seed", "1", "--resume"), "別の対か別の指定")
    checkpoint.write_bytes(before[:-1])
    refused(run(*again, "--resume"), "model.checkpoint は壊れている", "始めから")
    checkpoint.write_bytes(before)
    assert run(*again, "--resume").code == 0
    assert model.read_bytes() == whole.read_bytes()
    assert {each.name for each in tmp_path.iterdir()} == {"poems.csv", "model", "whole"}


def test_there_must_be_something_to_resume(run: Run, tmp_path: Path) -> None:
    refused(run("train", "--resume", "--output", tmp_path / "model"), "model.checkpoint がない")
    assert not list(tmp_path.iterdir())


@pytest.mark.filterwarnings("error")
def test_of_a_training_that_taught_too_little_nothing_is_left(
    breaking: object, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("chihaya.training.STEPS", 5)
    assert run("train", "--output", tmp_path / "model").code == 1
    assert not list(tmp_path.iterdir())


def test_a_device_that_is_not_there_is_refused_before_anything_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for device in ("cuda", "mps"):
        monkeypatch.setitem(cli.AVAILABLE, device, lambda: False)
        outcome = run("train", "--device", device, "--poems", tmp_path / "none")
        refused(outcome, f"--device {device}", "使えない", "cpu")
    refused(run("train", "--device", "tpu"), "--device", "'tpu'")


# Pairs that are no poems


FRUIT = "source,target\napple,りんご\ngrape,ぶどう\npear,なし\n梨,なし\n"


@pytest.fixture(scope="module")
def fruit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Pairs, and a model that has learned them."""
    file = tmp_path_factory.mktemp("pairs") / "fruit.csv"
    file.write_text(FRUIT, encoding="utf-8")
    small = ["--d-model", "32", "--layers", "1", "--heads", "2", "--steps", "200", "--seed", "3"]
    arguments = ["train", "--pairs", str(file), "--output", str(file.with_name("model")), *small]
    assert main(arguments) == 0
    return file, file.with_name("model")


def test_pairs_are_learned_saved_and_recited(run: Run, fruit: tuple[Path, Path]) -> None:
    _, model = fruit
    saved = load_reciter(model)
    assert (saved.model.sizes.d_model, saved.model.sizes.layers, saved.model.sizes.heads) == (
        32,
        1,
        2,
    )
    assert (saved.recipe["steps"], saved.recipe["seed"], saved.recipe["pairs"]) == (200, 3, 4)
    for source, target in (("apple", "りんご"), ("梨", "なし")):
        assert run("recite", source, "--model", model) == (0, f"{target}\n", "")


def test_of_pairs_no_note_is_of_poems_and_what_is_unknown_is_named(
    run: Run, fruit: tuple[Path, Path]
) -> None:
    code, out, err = run("recite", "a", "--model", fruit[1])  # some answer, and no nearest poem
    assert (code, err) == (0, "") and out.endswith("\n")
    for heard, said in (("千", "「千」（U+5343）"), ("", "source が空"), ("a" * 41, "41 文字ある")):
        outcome = run("recite", heard, "--model", fruit[1])
        refused(outcome, said)
        assert not {"歌", "句", "ひらがな"} & set(outcome.err)


def test_pairs_are_evaluated_as_they_are_given(
    run: Run, fruit: tuple[Path, Path], tmp_path: Path
) -> None:
    file, model = fruit
    code, out, err = run("evaluate", "--pairs", file, "--model", model, "--json")
    found = json.loads(out)
    assert (code, err, found["pairs"], found["exact"], found["teacher_forced"]) == (0, "", 4, 4, 1)
    assert 0 < found["loss"] < 1
    other = tmp_path / "other.jsonl"
    other.write_text(
        '{"source": "pear", "target": "りんご"}\n{"source": "apple", "target": "りんご"}\n',
        encoding="utf-8",
    )
    code, out, err = run("evaluate", "--pairs", other, "--model", model)
    assert (code, err) == (0, "")
    assert out.startswith("2 対のうち，source だけから一字も違えずに言うのは 1 対。損失 ")
    assert "教師強制の正解率 " in out


def test_what_was_held_out_is_reported_beside_what_was_seen(
    training: None, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From the standard input; that so few steps taught nothing is in the report."""
    given = TextIOWrapper(
        BytesIO(b"source\ttarget\n" + b"".join(b"%d\ta\n" % n for n in range(20)))
    )
    monkeypatch.setattr(sys, "stdin", given)
    small = ["--d-model", "8", "--layers", "1", "--steps", "5"]
    code, out, err = run(
        "train", "--pairs", "-", "--held-out", "0.25", "--output", tmp_path / "model", *small
    )
    assert (code, err) == (0, "")
    first, seen, unseen = out.splitlines()
    assert first == f"5 歩で学び，{tmp_path / 'model'} に保存した。"
    assert seen.startswith("学んだ対：15 対のうち")
    assert unseen.startswith("学んでいない対：5 対のうち")


def test_pairs_that_are_not_all_learned_are_saved_and_it_is_said(
    training: None, run: Run, fruit: tuple[Path, Path], tmp_path: Path
) -> None:
    code, out, err = run(
        "train", "--pairs", fruit[0], "--output", tmp_path / "model", "--steps", "1"
    )
    assert code == 1
    assert "学んだ対：4 対のうち" in out
    assert err == "chihaya: 覚えきれない対がある。--steps か --d-model を増やしてみてほしい。\n"
    assert not load_reciter(tmp_path / "model").vocabulary.verses


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--held-out=1"], ["--held-out", "'1'", "0 以上 1 未満"]),
        (["--held-out=-0.1"], ["'-0.1'", "0 以上 1 未満"]),
        (["--held-out=nan"], ["'nan'", "0 以上 1 未満"]),
        (["--held-out=0.01"], ["4 対の割合 0.01 は 0 対"]),
        (["--held-out=0.99"], ["4 対の割合 0.99 は 4 対"]),
        (["--d-model=0"], ["--d-model", "'0'", "1 以上 1024 以下"]),
        (["--d-model=100000"], ["'100000'", "1 以上 1024 以下"]),
        (["--d-model=1.5"], ["'1.5'", "整数でない"]),
        (["--d-model=30"], ["--d-model 30 が --heads 4", "24"]),
        (["--heads=3"], ["--d-model 64 が --heads 3", "60"]),
        (["--d-model=3", "--heads=3"], ["偶数でない", "6"]),
        (["--layers=x"], ["--layers", "'x'"]),
        (["--steps=0"], ["--steps", "'0'"]),
        (["--poems", "file"], ["--pairs", "--poems"]),
    ],
)
def test_a_bad_value_is_refused_and_nothing_is_lost(
    run: Run, fruit: tuple[Path, Path], tmp_path: Path, arguments: list[str], said: list[str]
) -> None:
    model = tmp_path / "model"
    model.write_text("before")
    refused(run("train", "--pairs", fruit[0], "--output", model, *arguments), *said)
    assert model.read_text() == "before"


@pytest.mark.parametrize("command", [["train"], ["evaluate", "--model", str(SHIPPED)]])
def test_a_bad_file_of_pairs_is_refused(run: Run, tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("source,reading\na,b\n", encoding="utf-8")
    refused(run(*command, "--pairs", file), str(file), "1 行目", "source,target")
    refused(run(*command, "--pairs", tmp_path / "none"), "がない")
    refused(run(*command, "--pairs", ""), "フォルダである")


def test_what_does_not_go_together_is_said(run: Run, fruit: tuple[Path, Path]) -> None:
    file, model = fruit
    refused(run("evaluate", "--pairs", file), f"chihaya train --pairs {file}", "--model")
    refused(run("evaluate", "--model", model), str(model), "--pairs")
    refused(run("evaluate", "--pairs", file, "--model", SHIPPED), "「a」（U+0061）", "ひらがな")
    refused(
        run("train", "--held-out", "0.1", "--d-model", "32"), "--held-out, --d-model", "--pairs"
    )


# Files given


@pytest.mark.parametrize("command", [["train"], ["recite", "ちは"], ["evaluate", "--json"]])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEADER.removesuffix(",shimo_kana") + "\n1,a,b,c,あ\n", "列 shimo_kana がない"),
        (f"{HEADER}\n{ROW}\n{ROW.replace('あき', 'はる')}\n", "番号 1 の歌が二首以上"),
        (f"{HEADER}\n{ROW}\n".encode("cp932"), "UTF-8 ではない（Windows"),
        ("", "列 no, poet, kami, shimo, kami_kana, shimo_kana がない"),
    ],
)
def test_a_bad_poems_file_is_refused(
    run: Run,
    tmp_path: Path,
    command: list[str],
    content: str | bytes,
    said: str,
) -> None:
    file = tmp_path / "poems.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    refused(run(*command, "--poems", file), str(file), said)


def test_a_poems_file_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    refused(run("evaluate", "--poems", tmp_path / "none"), str(tmp_path / "none"), "がない")
    refused(run("evaluate", "--poems", tmp_path), str(tmp_path), "フォルダである")


@pytest.mark.parametrize("command", [["recite", "ちは"], ["evaluate", "--json"]])
def test_a_model_that_is_none_is_refused(
    run: Run, reciter: Reciter, tmp_path: Path, command: list[str]
) -> None:
    path = tmp_path / "model"
    refused(run(*command, "--model", path), str(path), "がない")
    refused(run(*command, "--model", tmp_path), str(tmp_path), "フォルダである")
    save_reciter(reciter, path)
    path.write_bytes(path.read_bytes()[:-1])
    broken = path.read_bytes()
    refused(run(*command, "--model", path), str(path), "モデルとして読めない", "chihaya train")
    assert path.read_bytes() == broken
    save_file({"weight": torch.zeros(3)}, path)
    refused(run(*command, "--model", path), str(path), "モデルとして読めない")


# The command line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["sing"], "'sing'"),
        (["recite"], "上の句"),
        (["recite", "ちは", "やぶる"], "やぶる"),
        (["evaluate", "--xml"], "--xml"),
        (["evaluate", "--model"], "--model"),
    ],
)
def test_a_wrong_call_is_refused(run: Run, arguments: list[str], said: str) -> None:
    refused(run(*arguments), said, "--help")


def test_help_is_japanese(run: Run) -> None:
    for arguments in (["--help"], ["train", "--help"], ["recite", "-h"], ["evaluate", "-h"]):
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        assert "百人一首" in out


def test_the_version_is_the_packages(run: Run) -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    assert run("--version") == (0, f"chihaya {project['version']}\n", "")


def test_an_output_that_has_no_kana_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            sys, "stdout", TextIOWrapper(BytesIO(), encoding="ascii", line_buffering=True)
        )
        outcome = run("recite", "ちは")
    refused(outcome, "ascii", "UTF-8")


# The real command, in a process of its own


@pytest.fixture(scope="module")
def command() -> Run:
    """The installed command."""
    program = shutil.which("chihaya", path=sysconfig.get_path("scripts"))
    assert program, "the package is not installed"
    environment = {name: value for name, value in os.environ.items() if name != "TQDM_DISABLE"}

    def call(*arguments: str) -> Outcome:
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, encoding="utf-8"
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return call


def test_the_first_call_answers_at_once(command: Run) -> None:
    assert command("recite", "ちは") == (0, CHIHA + "\n", "")  # no progress bar: nothing is trained
    assert command("evaluate", "--json") == (
        0,
        '{"poems": 100, "full": 100, "kimariji": 100}\n',
        "",
    )


def test_the_command_refuses_as_the_function_does(command: Run) -> None:
    refused(command("recite", "千早"), "漢字「千」")
