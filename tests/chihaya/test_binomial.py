from math import comb

import pytest
from chihaya.binomial import exact_interval


def test_the_interval_is_that_of_clopper_and_pearson() -> None:
    low, high = exact_interval(0, 100)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 100))  # none of n: solved in closed form
    assert exact_interval(100, 100) == pytest.approx((0.025 ** (1 / 100), 1))
    low, high = exact_interval(7, 20)
    at_least = sum(comb(20, k) * low**k * (1 - low) ** (20 - k) for k in range(7, 21))
    at_most = sum(comb(20, k) * high**k * (1 - high) ** (20 - k) for k in range(8))
    assert (at_least, at_most) == pytest.approx((0.025, 0.025))
