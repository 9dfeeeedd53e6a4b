"""How far a share that was counted may be from the true one."""

from collections.abc import Callable
from math import comb


def exact_interval(hits: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's interval (1934): shares by which so many hits are no rarity.

    Its ends are where the chance of so many or more, and of so few or fewer, is half of
    what `level` leaves.
    """
    rare = (1 - level) / 2
    low = 0.0 if hits == 0 else _crossing(lambda p: 1 - _at_most(hits - 1, trials, p) < rare)
    high = 1.0 if hits == trials else _crossing(lambda p: _at_most(hits, trials, p) > rare)
    return low, high


def _at_most(hits: int, trials: int, share: float) -> float:
    return sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(hits + 1))


def _crossing(is_below: Callable[[float], bool]) -> float:
    """Where a condition that holds below a share, and not above it, ends; by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low
