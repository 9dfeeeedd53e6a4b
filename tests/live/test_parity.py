"""live/ says what the package says: the same verses, scores, attention, errors, files."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import torch
from chihaya.poems import load_poems
from chihaya.recital import Reciter, VerseError
from chihaya.shipped import load_reciter
from chihaya.storage import SHIPPED, save_reciter
from chihaya.storage import load_reciter as load_from
from chihaya.vocabulary import UnknownCharacterError
from safetensors.torch import load_file

SPEAK = Path(__file__).with_name("speak.mjs")
POEMS = load_poems()


def ask(**request: Any) -> Any:
    """What the program in the page answers."""
    answer = subprocess.run(
        ["node", SPEAK], input=json.dumps(request), capture_output=True, text=True, check=True
    ).stdout
    return json.loads(answer or "null")


def spoken(model: Path, heard: list[str]) -> list[dict[str, str]]:
    """What it says to each, or how it refuses."""
    answers: list[dict[str, str]] = ask(model=str(model), speak=heard)["value"]["spoken"]
    return answers


def forward(reciter: Reciter, heard: str, said: str) -> dict[str, torch.Tensor]:
    """Scores and attention of a pass of the package's."""
    logits = reciter.model(reciter.sources([heard]), reciter.targets([said])[:, :-1])
    attention = reciter.model.attention._asdict()
    return {"logits": logits[0].detach()} | {name: each[:, 0] for name, each in attention.items()}


def farthest(reciter: Reciter, model: Path) -> dict[str, float]:
    """The greatest difference of scores and of attention over some poems."""
    pairs = [poem.pair for poem in POEMS[::9]] + [(POEMS[0].kimariji, "あ")]
    answers = ask(model=str(model), forward=pairs)["value"]["forward"]
    found: dict[str, float] = {}
    for pair, answer in zip(pairs, answers, strict=True):
        for name, wanted in forward(reciter, *pair).items():
            difference = (torch.tensor(answer[name]) - wanted).abs().max().item()
            found[name] = max(found.get(name, 0), difference)
    return found


def test_the_shipped_model_recites_all_hundred_from_the_whole_verse_and_from_the_kimariji() -> None:
    heard = [poem.kami_kana for poem in POEMS] + [poem.kimariji for poem in POEMS]
    said = [answer.get("value") for answer in spoken(SHIPPED, heard)]
    assert said == 2 * [poem.shimo_kana for poem in POEMS]


def test_scores_and_attention_agree_with_pytorch() -> None:
    found = farthest(load_reciter(), SHIPPED)
    assert found.pop("logits") < 1e-4
    assert max(found.values()) < 1e-5


def test_weights_of_half_precision_change_them_little(tmp_path: Path) -> None:
    """Each weight lies a quarter to a half of the way to the next that half precision has."""
    reciter = load_from(SHIPPED)
    for weights in reciter.model.parameters():
        weights.data *= 1 + 2**-12
    save_reciter(reciter, tmp_path / "half.safetensors", torch.float16)
    found = farthest(reciter, tmp_path / "half.safetensors")
    assert 1e-4 < found.pop("logits") < 0.05
    assert 1e-5 < max(found.values()) < 0.01


@pytest.mark.parametrize(
    "heard", ["", "春", "々", "a", " ", "\u3000", "\u200b", "😀", "あ" * 41, "<b>", "ぁ"]
)
def test_what_cannot_be_heard_is_refused_in_the_same_words(heard: str) -> None:
    with pytest.raises((VerseError, UnknownCharacterError)) as refusal:
        load_reciter().recite(heard)
    assert spoken(SHIPPED, [heard]) == [{"error": str(refusal.value)}]


def test_what_no_poem_begins_with_is_answered_as_in_python() -> None:
    heard = ["ほととぎす", "ふるいけや", "あ" * 40]
    wanted = load_reciter().recite_all(heard)
    assert [answer["value"] for answer in spoken(SHIPPED, heard)] == wanted


def test_a_file_that_the_page_writes_is_read_by_the_package(tmp_path: Path) -> None:
    ask(model=str(SHIPPED), save=str(tmp_path / "page.safetensors"))
    written = load_file(tmp_path / "page.safetensors")
    for name, halves in load_file(SHIPPED).items():
        assert torch.equal(written[name], halves.float()), name
    reciter = load_from(tmp_path / "page.safetensors")
    assert reciter.recipe == load_reciter().recipe
    assert reciter.history == load_reciter().history
    assert reciter.recite_all([poem.kimariji for poem in POEMS]) == [p.shimo_kana for p in POEMS]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:7],
        lambda data: data[:200],
        lambda data: data[:-1],
        lambda data: b"\xff" * 64,
        lambda data: data.replace(b"embedding", b"embaddinf"),
        lambda data: data.replace(b'format\\": 1', b'format\\": 9'),
        lambda data: data.replace(b'"F16"', b'"I16"'),
        lambda data: b"PK\x03\x04" + data,
    ],
)
def test_a_broken_or_foreign_file_is_refused_in_one_line(damage: Any, tmp_path: Path) -> None:
    path = tmp_path / "broken.safetensors"
    broken = damage(SHIPPED.read_bytes())
    assert broken != SHIPPED.read_bytes()
    path.write_bytes(broken)
    message = ask(model=str(path))["error"]
    assert "として読めない" in message
    assert "\n" not in message
