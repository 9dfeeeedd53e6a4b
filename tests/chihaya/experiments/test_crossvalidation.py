"""What ten-fold cross-validation trains on and counts; all of it takes minutes."""

import math
from collections import Counter

import chihaya
import pytest
from chihaya.experiments import crossvalidation
from chihaya.recital import Reciter
from chihaya.training import Lesson

Poems = tuple[chihaya.Poem, ...]


def test_a_fold_looks_at_its_own_tenth(poems: Poems) -> None:
    found = crossvalidation.fold(poems, poems[:10], seed=0, steps=5)
    assert set(found["said"]) == {str(number) for number in range(1, 11)}
    assert [step for step, *_ in found["looks"]] == [1, 5]
    assert found["learned"] == 0
    assert len(found["counted"]) == 4


def test_what_is_cut_is_decided_by_the_nine_tenths_alone(
    poems: Poems, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Poems 15 and 50 begin alike for five kana: without the one, the other is known sooner."""
    lessons: list[Lesson] = []

    class Listener:
        def __init__(self, reciter: Reciter, taught: list[Lesson], *rest: object) -> None:
            lessons.extend(taught)

        def take_steps(self) -> list[object]:
            return []

    monkeypatch.setattr(crossvalidation, "Run", Listener)
    crossvalidation.fold(poems, [poems[49]], seed=0, steps=1)
    assert len(lessons) == 99
    (lesson,) = [each for each in lessons if each.source == poems[14].kami_kana]
    assert lesson.shortest == "きみ"


def test_every_poem_is_unseen_once(poems: Poems, monkeypatch: pytest.MonkeyPatch) -> None:
    folds = []

    def fold(poems: Poems, unseen: Poems, seed: int, steps: int) -> dict[str, object]:
        folds.append(unseen)
        return {
            "learned": 90,
            "said": {str(poem.no): "" for poem in unseen},
            "looks": [(1, 1.0, 2, 3.0, 4)],
            "counted": [(0.5, 6)],
        }

    monkeypatch.setattr(crossvalidation, "fold", fold)
    found = crossvalidation.run()
    assert sorted(poem.no for unseen in folds for poem in unseen) == list(range(1, 101))
    assert len(found["said"]) == 100
    assert found["looks"] == [[1, 10.0, 20, 30.0, 40]]
    assert found["counted"] == [[5.0, 60]]


def test_what_the_model_knows_by_heart_is_foretold(reciter: Reciter, poems: Poems) -> None:
    nats, named = crossvalidation.foretold(reciter, poems)
    total = sum(len(poem.shimo_kana) for poem in poems)
    assert named == total
    assert 0 < nats / total < 0.1


def test_one_who_counts_mixes_contexts_as_witten_and_bell(poems: Poems) -> None:
    table = crossvalidation.count(poems[:1], 1)
    assert table["^"] == Counter("あ")
    assert table["の"] == Counter("たかいと")
    empty, only = {"": Counter("ああい")}, {"あ": Counter("い")}
    (poem,) = [
        chihaya.Poem(1, "", "", "", kami_kana="あ", shimo_kana="い", kimariji="あ"),
    ]
    first = (1 + 2 / 3) / 5  # い once in three; two kinds beside the even third
    nats, named = crossvalidation.counted([empty, only], [poem], "あいう")
    assert nats == pytest.approx(-math.log((1 + first) / 2))
    assert named == 1
