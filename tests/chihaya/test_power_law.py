"""The fit against its closed form, exact power laws, and tables of Student's t."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from chihaya.power_law import fit, log_error, t_quantile

X = np.array([125e6, 350e6, 760e6, 1.3e9, 2.7e9, 6.7e9, 13e9, 175e9])
Y = np.array([76, 61, 68, 62, 62, 60, 55, 52])
LOW = np.array([72, 58, 64, 59, 58, 56, 52, 49])
HIGH = np.array([80, 65, 72, 65, 65, 63, 58, 54])


def closed_form() -> tuple[float, float, float]:
    """Exponent, constant and standard error of the exponent, from weighted means alone."""
    weights = (Y * 2 * 1.96 / (HIGH - LOW)) ** 2
    u, v = np.log(X), np.log(Y)
    mean_u, mean_v = weights @ u / weights.sum(), weights @ v / weights.sum()
    spread = weights @ (u - mean_u) ** 2
    b = weights @ ((u - mean_u) * (v - mean_v)) / spread
    residuals = v - mean_v - b * (u - mean_u)
    scatter = weights @ residuals**2 / (len(X) - 2)
    return b, math.exp(mean_v - b * mean_u), math.sqrt(scatter / spread)


def test_fit_and_interval_equal_the_closed_form() -> None:
    b, a, error = closed_form()
    law = fit(X, Y, LOW, HIGH)
    assert law.b == pytest.approx(b, rel=1e-9)
    assert law.a == pytest.approx(a, rel=1e-9)
    assert law.b_interval == pytest.approx((b - 2.446912 * error, b + 2.446912 * error), rel=1e-6)


def test_a_95_percent_interval_has_the_normal_distributions_standard_error() -> None:
    measured = NormalDist(50, 4)
    low, high = measured.inv_cdf(0.025), measured.inv_cdf(0.975)
    assert log_error(50, low, high) == pytest.approx(4 / 50, rel=1e-4)


def test_an_exact_power_law_is_found_with_no_doubt_left() -> None:
    law = fit(X, 90 * X**-0.02, 80 * X**-0.02, 100 * X**-0.02)
    assert (law.a, law.b) == pytest.approx((90, -0.02))
    assert law.b_interval == pytest.approx((-0.02, -0.02))
    assert law(1e9) == pytest.approx(90 * 1e9**-0.02)


def test_a_precise_measurement_pulls_more() -> None:
    y = np.array([10.0, 10.0, 20.0])
    wide, narrow = np.array([1, 1, 8]), np.array([1, 1, 0.1])
    vague = fit([1, 10, 100], y, y - wide, y + wide)
    precise = fit([1, 10, 100], y, y - narrow, y + narrow)
    assert abs(precise(100) - 20) < 0.1 < abs(vague(100) - 20)


def test_the_band_is_the_t_interval_of_the_mean_line() -> None:
    law = fit(X, Y, LOW, HIGH)
    weights = 1 / log_error(Y, LOW, HIGH) ** 2
    design = np.stack((np.log(X), np.ones(len(X))), axis=1)
    residuals = np.log(Y) - np.log(law(X))
    scatter = weights @ residuals**2 / 6
    inverse = np.linalg.inv(design.T @ (weights[:, None] * design))
    for size in (1e8, 1e10, 1e12):
        row = np.array([math.log(size), 1])
        reach = math.exp(2.446912 * math.sqrt(scatter * (row @ inverse @ row)))
        low, high = law.interval(size)
        assert (low, high) == pytest.approx((law(size) / reach, law(size) * reach), rel=1e-5)


def test_the_band_is_narrowest_among_the_measurements() -> None:
    law = fit(X, Y, LOW, HIGH)
    low, high = law.interval(np.array([1e6, 2e9, 1e13]))
    width = np.log(high / low)
    assert width[1] < width[0] and width[1] < width[2]


@pytest.mark.parametrize(
    ("freedom", "table"), [(1, 12.7062), (2, 4.3027), (5, 2.5706), (6, 2.4469), (30, 2.0423)]
)
def test_t_quantile_agrees_with_tables(freedom: int, table: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(table, abs=5e-5)
    assert t_quantile(0.025, freedom) == pytest.approx(-table, abs=5e-5)
    assert t_quantile(0.5, freedom) == pytest.approx(0, abs=1e-9)
