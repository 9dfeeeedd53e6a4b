"""A claim shows its value, and falls where it does not hold."""

from typing import Any

import pytest
from chihaya.claims import FallenClaimError, claim
from chihaya.seeds import page_seed


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """What is displayed: data and metadata."""
    outputs: list[tuple[dict[str, str], dict[str, Any]]] = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, raw, metadata: outputs.append((data, metadata))
    )
    monkeypatch.delenv("CHIHAYA_SEED", raising=False)
    return outputs


def test_an_exact_claim_shows_its_value_and_gives_it_to_the_prose(shown: list[Any]) -> None:
    claim("poems", "歌は百首である", 100, True, "百でない")
    (data, metadata), (glued, named) = shown
    assert data["text/plain"] == "主張：歌は百首である：100"
    assert '<b class="exact">100</b>' in data["text/html"]
    assert "これが崩れるのは，百でないとき。" in data["text/html"]
    assert metadata["chihaya"]["claim"]["kind"] == "exact"
    assert list(glued.values()) == ["'100'"]
    assert named["scrapbook"]["name"] == "poems"


def test_another_number_is_rounded_to_the_digits_that_are_stated(shown: list[Any]) -> None:
    claim("share", "半分より多い", 0.6666, 0.6666 > 0.5, "半分以下の", digits=2)
    assert shown[0][0]["text/plain"] == "主張：半分より多い：0.67"
    with pytest.raises(ValueError, match="digits"):
        claim("share", "半分より多い", 0.6666, True, "半分以下の")


def test_the_value_of_what_was_trained_stands_where_it_is_not_compared(shown: list[Any]) -> None:
    claim("steps", "二百歩までに覚える", 60, True, "覚えきれない", trained=True)
    ((data, metadata),) = shown
    assert data["text/plain"] == "主張：二百歩までに覚える"
    assert '<b class="trained">60</b>' in data["text/html"]
    assert metadata["chihaya"]["claim"]["value"] == "60"


def test_a_claim_that_does_not_hold_ends_the_cell(shown: list[Any]) -> None:
    with pytest.raises(FallenClaimError, match=r"歌は百首である.*99.*百でない"):
        claim("poems", "歌は百首である", 99, False, "百でない")
    assert not shown


def test_under_another_seed_it_is_only_told(
    shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIHAYA_SEED", "3")
    claim("poems", "歌は百首である", 99, False, "百でない")
    assert not shown[0][1]["chihaya"]["claim"]["holds"]
    assert page_seed(42) == 3


def test_markup_in_words_is_text(shown: list[Any]) -> None:
    claim("bos", "<bos> が先に立つ", "<bos>", True, "<eos> が立つ")
    assert "<bos>" not in shown[0][0]["text/html"]


def test_a_page_has_a_seed_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIHAYA_SEED", raising=False)
    assert page_seed(42) == 42
