"""The objective that softmax maximises: mean score and entropy."""

import torch
from torch import Tensor


def objective(p: Tensor, scores: Tensor, temperature: float = 1.0) -> Tensor:
    """⟨p, x⟩ + τ H(p): the mean score under p, and τ times the entropy of p, in nats.

    p [..., N] distributions over N options, scores x [N], temperature τ > 0; returns [...].
    The greatest value over all p is τ log Σ exp(x / τ), reached by p = softmax(x / τ) alone
    (S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge University Press, 2004, section
    3.3.1, on the conjugate of log-sum-exp).
    """
    return p @ scores + temperature * torch.special.entr(p).sum(dim=-1)
