"""A power law through measurements with standard errors, and how far to trust it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

STEPS = 50
"""More than enough: the last of them change nothing."""


@dataclass(frozen=True)
class PowerLaw:
    """y = floor + a x^b with the uncertainty of (b, log a)."""

    a: float
    b: float
    covariance: Floats
    """[2, 2], of (b, log a), scaled by how far the measurements scatter around the line."""
    freedom: int
    """Degrees of freedom: measurements less the two constants."""
    floor: float = 0.0

    def __call__(self, x: ArrayLike) -> Floats:
        return self.floor + self.a * np.asarray(x, float) ** self.b

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
        above = self(x) - self.floor
        return self.floor + above / reach, self.floor + above * reach


def fit(x: ArrayLike, y: ArrayLike, error: ArrayLike, floor: float = 0.0) -> PowerLaw:
    """The law whose residuals, each over its standard error, have the least sum of squares.

    x, y: at least three measurements, each y above the floor; error: the standard error of each.
    A straight line through the logarithms is the first guess, Gauss and Newton's steps do the rest.
    The covariance is scaled so that the residuals have variance one, because the measurements may
    scatter more than their own errors say.
    """
    x, y, error = (np.asarray(each, float) for each in (x, y, error))
    constants = np.polyfit(np.log(x), np.log(y - floor), 1)  # b, log a
    powers = np.stack((np.log(x), np.ones(len(x))), axis=-1)
    for _ in range(STEPS):
        above = np.exp(powers @ constants)
        slopes = powers * (above / error)[:, None]
        residuals = (y - floor - above) / error
        constants = constants + np.linalg.lstsq(slopes, residuals)[0]
    freedom = len(x) - 2
    covariance = np.linalg.inv(slopes.T @ slopes) * (residuals @ residuals) / freedom
    b, log_a = constants
    return PowerLaw(float(np.exp(log_a)), float(b), covariance, freedom, floor)


def t_quantile(probability: float, freedom: int) -> float:
    """The quantile of Student's t distribution, to about six digits.

    With t = √ν tan θ the density becomes cosᵛ⁻¹ θ on a finite interval, and is summed there.
    """
    theta = np.linspace(-np.pi / 2, np.pi / 2, 100_001)
    density = np.cos(theta) ** (freedom - 1)
    below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    return float(np.sqrt(freedom) * np.tan(np.interp(probability, below / below[-1], theta)))
