import json
import math
import os
import pickle
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import chihaya
import pytest
import torch
from chihaya import ModelFileError, Poem, Reciter, Sizes, Transformer, Vocabulary
from chihaya.recital import Check
from chihaya.storage import SHIPPED, check_place, load_reciter, save_reciter
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

POEMS = chihaya.load_poems()[:2]
LEARNED = Check(5, 0.25, full=2, kimariji=2)
RECIPE = {"seed": 7, "AdamW": {"lr": 0.01}}


def untrained(*history: Check) -> Reciter:
    """A small reciter that says anything."""
    torch.manual_seed(0)
    known = Vocabulary.of(POEMS)
    model = Transformer(Sizes(len(known), d_model=4, heads=2, d_ff=4, layers=1))
    return Reciter(model, known, history, RECIPE)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "model.safetensors"
    save_reciter(untrained(LEARNED), path)
    return path


def parts(path: Path) -> tuple[dict[str, Any], bytes]:
    """JSON header and tensor bytes: https://huggingface.co/docs/safetensors, Format."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length]), data[8 + length :]


def write(path: Path, header: dict[str, Any], tensors: bytes) -> None:
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + tensors)


def same(one: Reciter, other: Reciter) -> bool:
    """Whether weights, vocabulary, sizes, history and recipe are equal."""
    theirs = other.model.state_dict()
    return (
        (one.model.sizes, one.history, one.recipe)
        == (other.model.sizes, other.history, other.recipe)
        and one.vocabulary.tokens == other.vocabulary.tokens
        and all(torch.equal(mine, theirs[name]) for name, mine in one.model.state_dict().items())
    )


# A file


def test_a_saved_reciter_recites_the_same(
    reciter: Reciter, poems: tuple[Poem, ...], tmp_path: Path
) -> None:
    path = tmp_path / "new" / "folder" / "ちはや.safetensors"
    save_reciter(reciter, path)
    loaded = load_reciter(path)
    assert same(loaded, reciter)
    assert chihaya.recall(loaded, poems, 3) == chihaya.recall(reciter, poems, 3)
    assert list(path.parent.iterdir()) == [path]


def test_the_file_is_safetensors_with_the_rest_as_json(saved: Path) -> None:
    header, tensors = parts(saved)
    known = Vocabulary.of(POEMS)
    assert json.loads(header.pop("__metadata__")["chihaya"]) == {
        "format": 1,
        "sizes": {"vocabulary": len(known), "d_model": 4, "heads": 2, "d_ff": 4, "layers": 1},
        "tokens": list(known.tokens[3:]),
        "longest": 40,
        "recipe": RECIPE,
        "history": [[5, 0.25, 2, 2]],
    }
    assert set(header) == set(untrained().model.state_dict())
    assert len(tensors) == 4 * sum(each.numel() for each in untrained().model.parameters())


def test_a_model_of_pairs_remembers_that_it_is_one_and_what_was_held_out(tmp_path: Path) -> None:
    torch.manual_seed(0)
    known = Vocabulary("ab", verses=False)
    model = Transformer(Sizes(len(known), d_model=4, heads=2, d_ff=4, layers=1))
    pairs = Reciter(model, known, (LEARNED,), RECIPE | {"pairs": 2}, (0.5,))
    save_reciter(pairs, tmp_path / "pairs")
    loaded = load_reciter(tmp_path / "pairs")
    assert same(loaded, pairs)
    assert (loaded.vocabulary.verses, loaded.held_out) == (False, (0.5,))


def about(sizes: dict[str, object] | None = None, **changes: object) -> str:
    """What the header of `untrained` says, changed."""
    reciter = untrained()
    unchanged = {
        "format": 1,
        "sizes": vars(reciter.model.sizes) | (sizes or {}),
        "tokens": list(reciter.vocabulary.characters),
        "longest": 40,
        "recipe": RECIPE,
        "history": [],
    }
    return json.dumps(unchanged | changes)


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        "[]",
        "null",
        "not JSON",
        about(format=2),
        about(format=None),
        about(longest=41),
        about(longest="40"),
        about(tokens=["あ"]),
        about(tokens=[1, 2]),
        about(tokens=None),
        about(tokens=untrained().vocabulary.characters),
        about(tokens=untrained().vocabulary.tokens),
        about(tokens=list(untrained().vocabulary.characters)[::-1]),
        about(tokens=["か\u3099", *untrained().vocabulary.characters[1:]]),
        about(recipe=None),
        about(recipe=[["seed", 0]]),
        about(history=[[1, 2]]),
        about(history=3),
        about(history="1234"),
        about(history=[["5", 0.25, 2, 2]]),
        about(history=[[5, "0.25", 2, 2]]),
        about(history=[[5, None, 2, 2]]),
        about(history=[[5, math.nan, 2, 2]]),
        about(history=[[5, math.inf, 2, 2]]),
        about(history=[[5, 10**400, 2, 2]]),
        about(history=[[5, -0.25, 2, 2]]),
        about(history=[[5, 0.25, 2.0, 2]]),
        about(history=[[5, 0.25, 2, -2]]),
        about(history=[[5, 0.25, 2, True]]),
        about(history=[[10**30, 0.25, 2, 2]]),
        about(held_out=3),
        about(held_out=["0.5"]),
        about(held_out=[-1.0]),
        about(held_out=[math.nan]),
        about(sizes={"layers": 2}),
        about(sizes={"layers": 10**9}),
        about(sizes={"d_model": 10**9}),
        about(sizes={"d_model": 10**18}),
        about(sizes={"d_ff": 10**30}),
        about(sizes={"d_ff": 8}),
        about(sizes={"vocabulary": 10**9}),
        about(sizes={"heads": 0}),
        about(sizes={"heads": 2.0}),
        about(sizes={"heads": "2"}),
        about(sizes={"wheels": 2}),
    ],
)
def test_a_header_that_does_not_fit_is_refused(saved: Path, said: str) -> None:
    header, tensors = parts(saved)
    header["__metadata__"]["chihaya"] = said
    write(saved, header, tensors)
    refused(saved)


def refused(path: Path) -> None:
    with pytest.raises(ModelFileError) as error:
        load_reciter(path)
    assert str(path) in str(error.value)
    assert "chihaya train" in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_an_unchanged_header_is_taken(saved: Path) -> None:
    """So that the test above fails for what it changes alone."""
    header, tensors = parts(saved)
    header["__metadata__"]["chihaya"] = about()
    write(saved, header, tensors)
    assert same(load_reciter(saved), untrained())


@pytest.mark.parametrize("kept", [0, 4, 8, 100, -1])
def test_a_broken_file_is_refused(saved: Path, kept: int) -> None:
    saved.write_bytes(saved.read_bytes()[:kept])
    refused(saved)


def test_foreign_weights_are_refused(tmp_path: Path, saved: Path) -> None:
    header, _ = parts(saved)
    path = tmp_path / "foreign.safetensors"
    save_file({"weight": torch.zeros(3)}, path)
    refused(path)
    save_file({"weight": torch.zeros(3)}, path, metadata=header["__metadata__"])
    refused(path)
    save_file(
        untrained().model.state_dict() | {"embedding.weight": torch.zeros(3)},
        path,
        metadata=header["__metadata__"],
    )
    refused(path)


def test_half_precision_is_half_as_large_and_read_as_single(tmp_path: Path) -> None:
    path = tmp_path / "half.safetensors"
    save_reciter(untrained(), path, torch.float16)
    _, tensors = parts(path)
    assert len(tensors) == 2 * sum(each.numel() for each in untrained().model.parameters())
    for (_, mine), read in zip(
        untrained().model.named_parameters(), load_reciter(path).model.parameters(), strict=True
    ):
        assert read.dtype == torch.float32
        assert torch.equal(read, mine.half().float())


# The one that comes with the package


def test_the_shipped_reciter_recites_every_poem(poems: tuple[Poem, ...]) -> None:
    reciter = load_reciter()
    assert chihaya.recall(reciter, poems).correct == 100
    assert chihaya.recall(reciter, poems, "kimariji").correct == 100
    assert reciter.vocabulary.tokens == Vocabulary.of(poems).tokens


def test_it_is_rounded_to_half_precision_and_says_how_it_was_trained() -> None:
    header, _ = parts(SHIPPED)
    assert {each["dtype"] for name, each in header.items() if name != "__metadata__"} == {"F16"}
    said = json.loads(header["__metadata__"]["chihaya"])
    assert said["recipe"] == json.loads(json.dumps(load_reciter().recipe))
    assert {"seed", "steps", "Muon", "AdamW"} < set(said["recipe"])
    assert said["history"][-1][2:] == [100, 100]
    assert SHIPPED.stat().st_size < 400_000


class Trap:
    """Unpickling this would end the test."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("unpickled",)


def test_a_pickle_is_refused_and_not_unpickled(tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(pickle.dumps(Trap()))
    refused(path)
    torch.save({"weight": Trap()}, path)
    refused(path)


def test_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("ちはやぶるかみよもきかず" * 10, encoding="utf-8")
    refused(path)


def test_what_cannot_be_read_is_an_os_error(tmp_path: Path, saved: Path) -> None:
    for path, error in (
        (tmp_path / "none", FileNotFoundError),
        (tmp_path, IsADirectoryError),
        (saved / "below", NotADirectoryError),
    ):
        with pytest.raises(error, match=re.escape(str(path))):
            load_reciter(path)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("storage") / "model.safetensors"
    save_reciter(untrained(LEARNED), path)
    return path


@settings(deadline=None)
@given(start=st.integers(0, 4000), length=st.integers(0, 9), data=st.binary(max_size=9))
def test_a_file_with_any_bytes_in_it_is_a_reciter_or_refused(
    scratch: Path, start: int, length: int, data: bytes
) -> None:
    original = scratch.read_bytes()
    path = scratch.with_name("changed")
    path.write_bytes(original[:start] + data + original[start + length :])
    try:
        loaded = load_reciter(path)
    except ModelFileError:
        assert path.read_bytes() != original
        return
    assert isinstance(loaded.recite(loaded.vocabulary.characters[:2]), str)


# Writing


def test_saving_replaces_what_was_there(saved: Path) -> None:
    save_reciter(untrained(), saved)
    assert load_reciter(saved).history == ()
    assert list(saved.parent.iterdir()) == [saved]


@pytest.mark.skipif(os.name != "posix", reason="no umask there")
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_who_may_read_it_is_as_for_any_new_file(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        save_reciter(untrained(), tmp_path / "model")
    finally:
        os.umask(before)
    assert (tmp_path / "model").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_write_leaves_all_as_it_was(
    saved: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    before = saved.read_bytes()

    def fail(*arguments: object) -> NoReturn:
        raise error

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(type(error)) as raised:
        save_reciter(untrained(), saved)
    assert getattr(raised.value, "filename", str(saved)) == str(saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("folder", IsADirectoryError),
        ("model.safetensors/file", FileExistsError),
        ("model.safetensors/below/file", NotADirectoryError),
        ("long" * 100 + "/file", OSError),
    ],
)
@pytest.mark.parametrize("refusing", [check_place, lambda path: save_reciter(untrained(), path)])
def test_a_place_where_nothing_can_be_put_is_an_os_error_that_names_it(
    saved: Path, place: str, error: type[OSError], refusing: Callable[[Path], None]
) -> None:
    (saved.parent / "folder").mkdir()
    with pytest.raises(error) as raised:
        refusing(saved.parent / place)
    assert raised.value.filename == str(saved.parent / place)
    assert set(saved.parent.rglob("*")) == {saved, saved.parent / "folder"}


def test_checking_a_place_leaves_nothing_there(tmp_path: Path, saved: Path) -> None:
    before = saved.read_bytes()
    check_place(saved)
    check_place(tmp_path / "new" / "model")
    assert saved.read_bytes() == before
    assert set(tmp_path.rglob("*")) == {saved, tmp_path / "new"}
