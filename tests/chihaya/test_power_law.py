"""The fit against its conditions, exact power laws, and tables of Student's t."""

import math

import numpy as np
import pytest
from chihaya.power_law import PowerLaw, fit, t_quantile

X = np.array([125e6, 350e6, 760e6, 1.3e9, 2.7e9, 6.7e9, 13e9, 175e9])
Y = np.array([76, 61, 68, 62, 62, 60, 55, 52])
ERROR = np.array([4, 3.5, 4, 3, 3.5, 3.5, 3, 2.5]) / 2


def misfit(b: float, log_a: float, floor: float) -> float:
    """The sum that is to be least."""
    return float((((Y - floor - np.exp(log_a) * X**b) / ERROR) ** 2).sum())


@pytest.mark.parametrize("floor", [0.0, 50.0])
def test_any_other_constants_fit_worse(floor: float) -> None:
    law = fit(X, Y, ERROR, floor)
    least = misfit(law.b, math.log(law.a), floor)
    assert least == pytest.approx((((Y - law(X)) / ERROR) ** 2).sum())
    for away in (1e-3, 1e-4):
        for direction in np.linspace(0, 2 * np.pi, 17):
            b, log_a = (
                law.b + away * math.cos(direction),
                math.log(law.a) + away * math.sin(direction),
            )
            assert misfit(b, log_a, floor) > least


def test_near_its_floor_the_fit_of_logarithms_is_another() -> None:
    law = fit(X, Y, ERROR, 50.0)
    b, log_a = np.polyfit(np.log(X), np.log(Y - 50), 1, w=(Y - 50) / ERROR)
    assert misfit(law.b, math.log(law.a), 50.0) < misfit(b, log_a, 50.0) - 1


def test_the_covariance_is_that_of_the_tangent_scaled_by_the_scatter() -> None:
    law = fit(X, Y, ERROR)
    slopes = np.stack((law(X) * np.log(X), law(X)), axis=1) / ERROR[:, None]
    scatter = misfit(law.b, math.log(law.a), 0.0) / 6
    spread = scatter * np.linalg.inv(slopes.T @ slopes)
    assert law.covariance == pytest.approx(spread, rel=1e-6)
    reach = 2.446912 * math.sqrt(spread[0, 0])
    assert law.b_interval == pytest.approx((law.b - reach, law.b + reach), rel=1e-6)
    for size in (1e8, 1e10, 1e12):
        row = np.array([math.log(size), 1])
        times = math.exp(2.446912 * math.sqrt(row @ spread @ row))
        assert law.interval(size) == pytest.approx((law(size) / times, law(size) * times), rel=1e-5)


@pytest.mark.parametrize("floor", [0.0, 50.0])
def test_an_exact_power_law_is_found_with_no_doubt_left(floor: float) -> None:
    law = fit(X, floor + 90 * X**-0.02, ERROR, floor)
    assert (law.a, law.b) == pytest.approx((90, -0.02))
    assert law.b_interval == pytest.approx((-0.02, -0.02))
    assert law(1e9) == pytest.approx(floor + 90 * 1e9**-0.02)


def test_a_precise_measurement_pulls_more() -> None:
    vague = fit([1, 10, 100], [10, 10, 20], [1, 1, 8])
    precise = fit([1, 10, 100], [10, 10, 20], [1, 1, 0.1])
    assert abs(precise(100) - 20) < 0.1 < abs(vague(100) - 20)


def test_the_band_is_narrowest_among_the_measurements() -> None:
    low, high = fit(X, Y, ERROR).interval(np.array([1e6, 2e9, 1e13]))
    width = np.log(high / low)
    assert width[1] < width[0] and width[1] < width[2]


def test_the_band_stays_above_the_floor() -> None:
    law = PowerLaw(10.0, -0.1, np.eye(2) / 1000, 6, 50.0)
    low, high = law.interval(1e9)
    assert 50 < low < law(1e9) < high


@pytest.mark.parametrize(
    ("freedom", "table"), [(1, 12.7062), (2, 4.3027), (5, 2.5706), (6, 2.4469), (30, 2.0423)]
)
def test_t_quantile_agrees_with_tables(freedom: int, table: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(table, abs=5e-5)
    assert t_quantile(0.025, freedom) == pytest.approx(-table, abs=5e-5)
    assert t_quantile(0.5, freedom) == pytest.approx(0, abs=1e-9)
