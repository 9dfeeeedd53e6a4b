"""What is learned by rule, what by heart, in small."""

import pytest
from chihaya.corpora import numbers
from chihaya.experiments import own_pairs
from chihaya.experiments.own_pairs import Outcome, dealt
from chihaya.pairs import Pair


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    small = own_pairs.run(
        sizes=(30,), few=(30,), widths=(16,), middle=30, seeds=(0,), folds=1, longer=700
    )
    return [Outcome(**each) for each in small]


def test_every_kind_of_pairs_and_size_has_its_training(outcomes: list[Outcome]) -> None:
    assert [(each.pairs, each.early, each.seen, each.d_model) for each in outcomes] == [
        ("numbers", False, 30, 64),
        ("numbers", True, 30, 64),
        ("dealt", False, 30, 64),
        ("dates", False, 30, 64),
        ("numbers", False, 30, 16),
        ("dealt", False, 30, 16),
        ("longer", False, 30, 16),
        ("poems", False, 90, 64),
    ]
    assert [each.held_out for each in outcomes] == [1000, 1000, 1000, 336, 1000, 1000, 1000, 10]


def test_what_was_seen_is_said_and_what_was_not_only_where_a_rule_leads_there(
    outcomes: list[Outcome],
) -> None:
    for each in outcomes:
        assert each.early or each.seen_exact == each.seen
        if each.pairs in ("dealt", "longer", "poems"):
            assert each.held_out_exact <= 1
        else:
            assert 10 * each.held_out_exact > each.held_out / 2


def test_none_of_the_pairs_asked_for_was_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the numbers, neither the seen nor those that end the training are asked for."""
    parts: list[list[Pair]] = []

    def keep(name: str, *told: object) -> None:
        parts.extend(list(each) for each in told[:3])  # type: ignore[call-overload]

    monkeypatch.setattr(own_pairs, "outcome", keep)
    own_pairs.teach("numbers", numbers(), 1000, seed=0, early=True)
    assert [len(part) for part in parts] == [1000, 1000, 256]
    assert len({pair for part in parts for pair in part}) == 2256


def test_dealt_pairs_have_the_same_sources_and_targets_without_the_rule() -> None:
    anew = dealt(numbers())
    assert [pair.source for pair in anew] == [pair.source for pair in numbers()]
    assert sorted(pair.target for pair in anew) == sorted(pair.target for pair in numbers())
    assert len(set(anew) & set(numbers())) < 10
