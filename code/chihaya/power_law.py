"""A power law through measurements with published 95 % intervals, and how far to trust it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

NORMAL = 1.96
"""A 95 % interval of a normal distribution reaches this many standard errors to either side."""


@dataclass(frozen=True)
class PowerLaw:
    """y = a x^b with the uncertainty of (b, log a): a straight line on logarithmic axes."""

    a: float
    b: float
    covariance: Floats
    """[2, 2], of (b, log a), scaled by how far the measurements scatter around the line."""
    freedom: int
    """Degrees of freedom: measurements less the two constants."""

    def __call__(self, x: ArrayLike) -> Floats:
        return self.a * np.asarray(x, float) ** self.b

    @property
    def b_interval(self) -> tuple[float, float]:
        """The 95 % interval of the exponent b."""
        reach = t_quantile(0.975, self.freedom) * float(np.sqrt(self.covariance[0, 0]))
        return self.b - reach, self.b + reach

    def interval(self, x: ArrayLike) -> tuple[Floats, Floats]:
        """The 95 % interval of the line itself at each x (not of a new measurement there)."""
        powers = np.stack((np.log(np.asarray(x, float)), np.ones(np.shape(x))), axis=-1)
        variance = np.einsum("...i,ij,...j->...", powers, self.covariance, powers)
        reach = np.exp(t_quantile(0.975, self.freedom) * np.sqrt(variance))
        return self(x) / reach, self(x) * reach


def fit(x: ArrayLike, y: ArrayLike, low: ArrayLike, high: ArrayLike) -> PowerLaw:
    """Weighted least squares on logarithmic axes; each weight is one over the standard error.

    x, y: at least three positive measurements; low, high: the 95 % interval of each y. The
    covariance is scaled so that the residuals have variance one, because the measurements may
    scatter more than their own intervals say.
    """
    log_x, log_y = np.log(np.asarray(x, float)), np.log(np.asarray(y, float))
    weights = 1 / log_error(y, low, high)
    (b, log_a), covariance = np.polyfit(log_x, log_y, 1, w=weights, cov=True)
    return PowerLaw(float(np.exp(log_a)), float(b), covariance, len(log_x) - 2)


def log_error(y: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """The standard error of log y, from the half width of the 95 % interval: σ / y."""
    half_width = (np.asarray(high, float) - np.asarray(low, float)) / 2
    return half_width / NORMAL / np.asarray(y, float)


def t_quantile(probability: float, freedom: int) -> float:
    """The quantile of Student's t distribution, to about six digits.

    With t = √ν tan θ the density becomes cosᵛ⁻¹ θ on a finite interval, and is summed there.
    """
    theta = np.linspace(-np.pi / 2, np.pi / 2, 100_001)
    density = np.cos(theta) ** (freedom - 1)
    below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    return float(np.sqrt(freedom) * np.tan(np.interp(probability, below / below[-1], theta)))
