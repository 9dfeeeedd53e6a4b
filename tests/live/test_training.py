"""What learns in the reader's page, run by node: as PyTorch does, and to the same end."""

import json
import random
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from chihaya.poems import Poem, load_poems
from chihaya.recital import recall
from chihaya.storage import load_reciter
from chihaya.training import next_token_loss
from chihaya.transformer import MultiHeadAttention, Sizes, Transformer
from chihaya.vocabulary import Vocabulary
from safetensors.torch import load_file, save_file
from torch import Tensor

HERE = Path(__file__).parent
STATUS = Path("/proc/self/status")


def node(script: str, *arguments: str | Path, told: str = "") -> str:
    """What a script of this folder prints."""
    command = ["node", HERE / script, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, input=told).stdout


def learn(*tasks: dict[str, Any], file: Path | None = None) -> list[list[dict[str, Any]]]:
    """What trainings in the page say of themselves; the model of the last is written to the file."""
    told = {"tasks": tasks, "file": file and str(file)}
    seen: list[list[dict[str, Any]]] = json.loads(node("learn.mjs", told=json.dumps(told)))
    return seen


def lessons(poems: Sequence[Poem]) -> list[dict[str, str]]:
    """The poems as the page's program takes them."""
    return [
        {"source": poem.kami_kana, "target": poem.shimo_kana, "shortest": poem.kimariji}
        for poem in poems
    ]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Logits, attention and gradients of one batch: PyTorch's, and those of the page's program."""
    torch.manual_seed(0)
    poems = load_poems()[::9]
    vocabulary = Vocabulary.of(poems)
    model = Transformer(Sizes(len(vocabulary)))
    source = vocabulary.sources([poem.kami_kana[: 3 + poem.no % 9] for poem in poems])
    target = vocabulary.targets([poem.shimo_kana for poem in poems])
    next_token_loss(model, source, target).backward()
    expected = {
        f"gradient/{name}": weight.grad
        for name, weight in model.named_parameters()
        if weight.grad is not None
    }
    expected["logits"] = model(source, target[:, :-1]).detach().flatten(0, 1)
    for name, module in model.named_modules():
        if isinstance(module, MultiHeadAttention):
            expected[f"attention/{name}"] = module.weights
    folder = tmp_path_factory.mktemp("parity")
    tokens = {"source": source, "given": target[:, :-1], "wanted": target[:, 1:]}
    sizes = {"vocabulary": len(vocabulary), "dModel": 64, "heads": 4, "dFF": 128, "layers": 2}
    given = model.state_dict() | {name: each.float().contiguous() for name, each in tokens.items()}
    save_file(given, folder / "in", {"sizes": json.dumps(sizes)})
    node("model.mjs", folder / "in", folder / "out")
    return expected, load_file(folder / "out")


def test_the_page_learns_with_the_model_of_the_package(
    both: tuple[dict[str, Tensor], dict[str, Tensor]],
) -> None:
    expected, found = both
    assert found.keys() == expected.keys()
    torch.testing.assert_close(found["logits"], expected["logits"], atol=1e-4, rtol=0)
    for name in expected:
        if name.startswith("attention/"):
            torch.testing.assert_close(found[name], expected[name], atol=1e-5, rtol=0)


def test_the_page_learns_from_the_gradients_of_pytorch(
    both: tuple[dict[str, Tensor], dict[str, Tensor]],
) -> None:
    expected, found = both
    largest = max(
        each.abs().max() for name, each in expected.items() if name.startswith("gradient")
    )
    for name in expected:
        if name.startswith("gradient/"):
            distance = torch.linalg.vector_norm(found[name] - expected[name])
            length = torch.linalg.vector_norm(expected[name])
            # The loss does not hang on a key's bias (softmax): its gradient is rounding alone.
            assert distance <= 1e-3 * length or length < 1e-6 * largest, name


def test_the_page_learns_the_hundred_and_the_package_recites_them(tmp_path: Path) -> None:
    poems, file = load_poems(), tmp_path / "page.safetensors"
    task = {"lessons": lessons(poems), "seed": 1, "watched": poems[16].kimariji}
    (seen,) = learn(task, file=file)
    last = seen[-1]
    assert last["learned"] and last["step"] <= 150
    assert (last["full"], last["kimariji"], last["said"]) == (100, 100, poems[16].shimo_kana)
    assert not any(look.get("learned") for look in seen[:-1])
    reciter = load_reciter(file)
    assert recall(reciter, poems).correct == recall(reciter, poems, "kimariji").correct == 100
    assert reciter.recipe["seed"] == 1
    assert reciter.history[-1][2:] == (100, 100)


def test_a_seed_gives_the_same_training_again_and_a_switch_another() -> None:
    task = {"lessons": lessons(load_poems()[:20]), "seed": 3, "watched": "は", "steps": 4}
    others = ({"seed": 4}, {"cut": "uniform"}, {"cut": "none"}, {"positions": False})
    usual, again, *seen = learn(task, task, *(task | told for told in others))
    assert again == usual
    assert usual not in seen


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux tells a process's peak of memory")
def test_the_longest_pairs_leave_a_phone_its_memory() -> None:
    dice, kana = random.Random(0), "あいうえおかきくけこさしすせそたちつてとなにぬねの"
    pairs = [["".join(dice.choices(kana, k=40)) for _ in range(2)] for _ in range(50)]
    told = [{"source": source, "target": target, "shortest": source} for source, target in pairs]
    task = {"lessons": told, "verses": False, "seed": 0, "watched": "あ", "cut": "none", "steps": 2}
    # Not by its parent's wait: what that says begins with the parent's own memory.
    program = f"import '{HERE / 'learn.mjs'}'; import fs from 'node:fs'; console.error(fs.readFileSync('{STATUS}', 'utf8'))"
    found = subprocess.run(
        ["node", "--input-type=module", "-e", program],
        input=json.dumps({"tasks": [task]}),
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    peak = re.search(r"VmHWM:\s+(\d+) kB", found)
    # A whole batch at once, and a look at 100 pairs, took 446.
    assert peak and int(peak[1]) / 1024 < 360


def test_pairs_are_learned_and_of_those_held_out_only_the_characters(tmp_path: Path) -> None:
    pairs = [{"source": s, "target": s[::-1], "shortest": s} for s in ("👍一", "二3", "five", "ab")]
    held_out = [{"source": "cd", "target": "dc", "shortest": "cd"}]
    task = {"lessons": pairs, "heldOut": held_out, "verses": False, "seed": 0, "watched": "ab"}
    file = tmp_path / "pairs.safetensors"
    ((*_, last),) = learn(task | {"cut": "none"}, file=file)
    assert (last["full"], last["unseen"], last["said"]) == (4, 0, "ba")
    reciter = load_reciter(file)
    assert not reciter.vocabulary.verses
    assert reciter.recite_all(["👍一", "二3", "five"]) == ["一👍", "3二", "evif"]
