"""A small case of the experiments on the mirror; all of them take a minute."""

import pytest
from chihaya import Poem, mirror
from chihaya.experiments import copying


def test_a_copier_is_examined_without_each_of_its_parts(poems: tuple[Poem, ...]) -> None:
    found = copying.copier(poems[:17], seed=0, epochs=1)
    assert [row["without"] for row in found["right"]] == list(copying.KNOCKED_OUT)
    assert len(found["influence"]) == len(poems[16].shimo_kana)
    assert all(sum(row) == pytest.approx(1, abs=1e-3) for row in found["attention"])
    assert all(value == 0 for row in [found["attention"][0]] for value in row[1:])


def test_the_diagonal_is_hidden_in_all_of_the_training_and_in_no_other(
    poems: tuple[Poem, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def teach(some: tuple[Poem, ...], **_: object) -> mirror.Learner:
        seen.append(mirror.LectureTransformer(9).future.diagonal().tolist())
        return mirror.Learner(mirror.LectureTransformer(9), None, False)  # type: ignore[arg-type]

    monkeypatch.setattr(mirror, "teach", teach)
    copying.hidden(poems, 0, 1)
    assert seen == [[False] + [True] * (mirror.MOST_TOKENS - 1)]
    assert not mirror.LectureTransformer(9).future.diagonal().any()


def test_kana_are_counted_one_by_one(poems: tuple[Poem, ...]) -> None:
    found = copying.reader(poems[:17], epochs=1)
    assert 0 <= found["kana"] <= found["of"] == sum(len(p.shimo_kana) for p in poems[:17])


def test_poems_are_counted_ten_times_at_the_rate_of_the_moment(poems: tuple[Poem, ...]) -> None:
    asked: list[float] = []

    def rate(share: float) -> float:
        asked.append(share)
        return 1e-3

    assert len(copying.taught(poems[:4], 2, 10, rate)) == 10
    assert asked == [n / 10 for n in range(10)]
