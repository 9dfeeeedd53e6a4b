import math

import pytest
import torch
from chihaya import Pair, Reciter, Sizes, Transformer, Vocabulary
from chihaya.report import examine
from chihaya.transformer import Cache
from torch import Tensor

KNOWN = Vocabulary("abc", verses=False)


class Parrot(Transformer):
    """Says the source once more, nine times as likely as each other token, then `<eos>`."""

    def __init__(self) -> None:
        super().__init__(Sizes(len(KNOWN), d_model=2, heads=1, d_ff=1, layers=1))

    def decode(
        self, target: Tensor, memory: Tensor, source: Tensor, cache: Cache | None = None
    ) -> Tensor:
        ended = torch.nn.functional.pad(source, (0, 40))
        said = ended.masked_fill(ended == KNOWN.pad, KNOWN.eos)[:, : target.size(1)]
        return torch.nn.functional.one_hot(said, len(KNOWN)) * math.log(9)


PARROT = Reciter(Parrot(), KNOWN)
LIKELY, OTHER = math.log(14 / 9), math.log(14)  # one of six tokens is nine times as likely


@pytest.mark.parametrize(
    ("pairs", "exact", "losses", "right"),
    [
        ([Pair("a", "a"), Pair("abc", "abc")], 2, [LIKELY] * 6, 6),
        ([Pair("a", "a"), Pair("abc", "abb")], 1, [*[LIKELY] * 5, OTHER], 5),
        ([Pair("ab", "abc")], 0, [LIKELY, LIKELY, OTHER, LIKELY], 3),
        ([Pair("ab", "ab"), Pair("c", "abcab")] * 200, 200, [*[LIKELY] * 4, *[OTHER] * 5], 4),
    ],
)
def test_what_a_parrot_knows(
    pairs: list[Pair], exact: int, losses: list[float], right: int
) -> None:
    """Recall is of whole targets; loss and teacher-forced accuracy are of tokens, whatever the batch."""
    found = examine(PARROT, pairs)
    assert (found.pairs, found.exact) == (len(pairs), exact)
    assert found.loss == pytest.approx(sum(losses) / len(losses))
    assert found.teacher_forced == pytest.approx(right / len(losses))


def test_nothing_of_a_target_reaches_the_model_that_is_to_say_it() -> None:
    targets = ["a", "b", "cc"]
    assert [examine(PARROT, [Pair("a", target)]).exact for target in targets] == [1, 0, 0]
