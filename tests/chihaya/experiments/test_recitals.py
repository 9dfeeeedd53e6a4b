"""What is recited at steps of the training."""

from typing import Any

import pytest
from chihaya import Poem, training
from chihaya.experiments import recitals


def test_each_look_keeps_what_the_seventeenth_poem_is_by_then(
    monkeypatch: pytest.MonkeyPatch, poems: tuple[Poem, ...]
) -> None:
    train = training.train

    def briefly(pairs: Any) -> Any:
        with pytest.warns(training.NotLearnedWarning):
            return train(pairs, steps=10)

    monkeypatch.setattr(training, "train", briefly)
    looks = recitals.run()
    assert [look["step"] for look in looks] == [5, 10]
    assert all(isinstance(look["said"], str) for look in looks)
    assert looks[1]["loss"] < looks[0]["loss"]
