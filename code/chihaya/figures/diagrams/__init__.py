"""The diagrams of the Transformer, on one board: each module draws one (`draw`)."""

from . import attention, multi_head, sublayer, transformer

__all__ = ["attention", "multi_head", "sublayer", "transformer"]
