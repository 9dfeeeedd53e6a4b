"""Parts of the lecture's model knocked out: what it can do without them."""

import copy
from dataclasses import replace

from torch import nn

from .mirror import Learner, LectureTransformer


def without(learner: Learner, *parts: str) -> Learner:
    """A copy of the learner whose decoder lacks the parts.

    `self_attn`, `multihead_attn` (attention to the upper verse) and `linear2` (feed-forward)
    give zeros; `residual` is the first one, around self-attention; without the `diagonal` no
    position reads itself but the first, which has nothing else to read.
    """
    model = copy.deepcopy(learner.model)
    for part in parts:
        if part == "residual":
            sever(model)
        elif part == "diagonal":
            hide_diagonal(model)
        else:
            module = model.decoder.get_submodule(part)
            for weights in getattr(module, "out_proj", module).parameters():
                nn.init.zeros_(weights)
    return replace(learner, model=model)


def sever(model: LectureTransformer) -> None:
    """Take away the residual around the decoder's self-attention: x is subtracted, then added."""
    model.decoder.self_attn.register_forward_hook(
        lambda _, given, told: (told[0] - given[0], *told[1:])
    )


def hide_diagonal(model: LectureTransformer) -> None:
    """Let no position of the decoder read itself, but the first."""
    model.future.fill_diagonal_(True)
    model.future[0, 0] = False
