import copy
from itertools import pairwise

import pytest
import torch
from chihaya import Poem, Vocabulary, knockout, mirror
from chihaya.mirror import Learner, LectureTransformer, task
from torch import Tensor

# What is given and what is asked


def test_unshifted_asks_for_what_it_gives() -> None:
    target = torch.tensor([[1, 5, 6, 7, 2]])  # <bos> か ら く <eos>
    given, wanted = task(target, shifted=False)
    assert given.tolist() == wanted.tolist() == [[1, 5, 6, 7, 2]]


def test_shifted_asks_each_token_for_the_next() -> None:
    given, wanted = task(torch.tensor([[1, 5, 6, 7, 2]]), shifted=True)
    assert given.tolist() == [[1, 5, 6, 7]]
    assert wanted.tolist() == [[5, 6, 7, 2]]


# The lecture's model


@pytest.fixture
def model() -> LectureTransformer:
    torch.manual_seed(0)
    return LectureTransformer(30)


def test_the_settings_are_the_lectures(model: LectureTransformer) -> None:
    sizes = {name: tuple(weights.shape) for name, weights in model.named_parameters()}
    assert sizes["source_embedding.weight"] == sizes["target_embedding.weight"] == (30, 32)
    assert sizes["encoder.linear1.weight"] == sizes["decoder.linear1.weight"] == (32, 32)
    assert sizes["output.weight"] == (30, 32)
    assert model.encoder.self_attn.num_heads == model.decoder.multihead_attn.num_heads == 4
    matrices = [name for name in sizes if name.endswith("weight") and "embedding" not in name]
    biases = {name.replace("bias", "weight") for name in sizes if name.endswith("bias")}
    assert set(matrices) <= biases | {"output.weight"} and "output.bias" in sizes
    dropouts = [part.p for part in model.modules() if isinstance(part, torch.nn.Dropout)]
    assert dropouts and not any(dropouts)


def test_each_layer_is_normalised_after_it_has_added(model: LectureTransformer) -> None:
    """Post-norm: what leaves a fresh layer has mean 0 and variance 1, whatever went in."""
    x = 100 * torch.randn(2, 5, 32)
    for output in (model.encoder(x), model.decoder(x, x)):
        torch.testing.assert_close(output.mean(-1), torch.zeros(2, 5), atol=1e-5, rtol=0)
        torch.testing.assert_close(
            output.var(-1, unbiased=False), torch.ones(2, 5), atol=1e-3, rtol=0
        )


def test_a_position_reads_itself_but_nothing_later(model: LectureTransformer) -> None:
    source, target = torch.tensor([[1, 4, 5, 2]]), torch.tensor([[1, 6, 7, 8, 2]])
    changed = target.clone()
    changed[0, 2] = 9
    same = (model(source, target) == model(source, changed)).all(-1)[0]
    assert same.tolist()[:3] == [True, True, False]


def test_padding_changes_nothing(model: LectureTransformer) -> None:
    source, target = torch.tensor([[1, 4, 5, 2]]), torch.tensor([[1, 6, 7]])
    padded = torch.tensor([[1, 4, 5, 2, 0, 0]])
    torch.testing.assert_close(model(source, target), model(padded, target))


# The measures, on models whose answers are known


class Successor(LectureTransformer):
    """Says of each token given the one whose number is higher by `step`; deaf to the source."""

    def __init__(self, vocabulary: Vocabulary, step: int) -> None:
        super().__init__(len(vocabulary))
        self.step, self.size = step, len(vocabulary)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        return torch.nn.functional.one_hot((target + self.step) % self.size, self.size).float()


KANA = Vocabulary("あいうえ")  # <pad> <bos> <eos> あ い う え


def test_a_copier_gives_back_whatever_it_is_shown_and_recites_nothing() -> None:
    copier = Learner(Successor(KANA, 0), KANA, shifted=False)
    assert copier.answers(["あ", "い"], ["いうえ", "ええ"]) == ["いうえ", "ええ"]
    assert (copier.say(["あ"]) == KANA.bos).all()
    assert copier.say(["あ"]).shape == (1, 21)
    assert copier.recite(["あ"]) == [""]


def test_a_shifted_learner_is_asked_for_the_next_kana() -> None:
    learner = Learner(Successor(KANA, 1), KANA, shifted=True)
    assert KANA.tokens[learner.most_likely(["あ"], ["いうえ"])[0, 1]] == "う"
    assert learner.most_likely(["あ"], ["いうえ"]).shape == (1, 3)


def test_both_measures_count_whole_verses() -> None:
    def poem(lower: str) -> Poem:
        return Poem(1, "p", "k", "s", "あ", lower, "あ")

    two_on = Learner(Successor(KANA, 2), KANA, shifted=True)
    assert two_on.recite(["あ"]) == ["あう"]  # <bos> あ う <pad> <eos>
    poems = [poem("あう"), poem("あい"), poem("あ")]
    assert mirror.teacher_forced(two_on, poems) == 2  # that the last should have ended is not asked
    assert mirror.recited(two_on, poems) == 1
    copier = Learner(Successor(KANA, 0), KANA, shifted=False)
    assert (mirror.teacher_forced(copier, poems), mirror.recited(copier, poems)) == (3, 0)


def test_influence_of_a_copier_is_the_identity_and_of_a_successor_the_diagonal_below() -> None:
    copier = Learner(Successor(KANA, 0), KANA, shifted=False)
    torch.testing.assert_close(mirror.influence(copier, "あ", "いうえ"), torch.eye(3))
    successor = Learner(Successor(KANA, 1), KANA, shifted=True)
    torch.testing.assert_close(
        mirror.influence(successor, "あ", "いうえ"), torch.ones(2).diag(diagonal=-1)
    )


# What the page states


@pytest.fixture(scope="module")
def copier(poems: tuple[Poem, ...]) -> Learner:
    return mirror.teach(poems, shifted=False, epochs=10)


@pytest.fixture(scope="module")
def reader(poems: tuple[Poem, ...]) -> Learner:
    return mirror.teach(poems, shifted=True, epochs=40)


def test_the_lectures_measure_rises_while_nothing_is_recited(copier: Learner) -> None:
    assert [epoch.epoch for epoch in copier.history] == list(range(1, 11))
    assert copier.history[0].teacher_forced <= 20
    assert max(epoch.teacher_forced for epoch in copier.history) >= 97
    assert max(epoch.recited for epoch in copier.history) <= 2


def test_it_needs_neither_the_source_nor_attention(
    copier: Learner, poems: tuple[Poem, ...]
) -> None:
    lower = [poem.shimo_kana for poem in poems]
    wrong = [after.kami_kana for _, after in pairwise((*poems, poems[0]))]
    answers = copier.answers(wrong, lower)
    assert sum(a == b for a, b in zip(answers, lower, strict=True)) >= 97
    without = copy.deepcopy(copier)
    for weights in without.model.decoder.self_attn.out_proj.parameters():
        torch.nn.init.zeros_(weights)
    assert mirror.teacher_forced(without, poems) >= 90


def test_shifted_the_same_loop_recites_many_but_not_all(
    reader: Learner, poems: tuple[Poem, ...]
) -> None:
    assert 60 <= reader.history[-1].recited < 100
    assert reader.history[-1].recited == mirror.recited(reader, poems)
    assert all(epoch.recited <= epoch.teacher_forced for epoch in reader.history)


def test_shifted_no_answer_depends_on_itself_or_on_what_comes_later(
    reader: Learner, poems: tuple[Poem, ...]
) -> None:
    table = mirror.influence(reader, poems[16].kami_kana, poems[16].shimo_kana)
    assert (table.triu() == 0).all()
    assert table.diagonal(-1).mean() > 0.5


def test_the_same_seed_gives_the_same_learner_and_leaves_the_callers_dice_alone(
    poems: tuple[Poem, ...],
) -> None:
    torch.manual_seed(1)
    state = torch.get_rng_state()
    first, second = (mirror.teach(poems[:5], shifted=True, epochs=2) for _ in range(2))
    assert torch.equal(torch.get_rng_state(), state)
    assert first.history == second.history
    for one, other in zip(first.model.parameters(), second.model.parameters(), strict=True):
        assert torch.equal(one, other)


# Parts taken away


def learner_of(model: LectureTransformer) -> Learner:
    return Learner(model, Vocabulary("".join(chr(0x3042 + i) for i in range(27))), shifted=False)


@pytest.mark.parametrize("part", ["self_attn", "multihead_attn", "linear2"])
def test_what_is_knocked_out_gives_zeros_and_the_learner_keeps_it(
    model: LectureTransformer, part: str
) -> None:
    learner = learner_of(model)
    outputs: list[Tensor] = []
    for each in (learner, knockout.without(learner, part)):
        each.model.decoder.get_submodule(part).register_forward_hook(
            lambda _, given, told: outputs.append(told[0] if isinstance(told, tuple) else told)
        )
        each.most_likely(["あ"], ["いう"])
    assert outputs[0].abs().sum() > 0
    assert outputs[1].abs().sum() == 0


def test_without_the_residual_nothing_of_a_position_is_added_to_its_attention(
    model: LectureTransformer,
) -> None:
    changed = knockout.without(learner_of(model), "residual").model.decoder
    arrived: list[Tensor] = []
    changed.norm1.register_forward_hook(lambda _, given, told: arrived.append(given[0]))
    x = torch.randn(1, 4, 32)
    changed(x, x)
    expected, _ = model.decoder.self_attn(x, x, x, need_weights=False)
    torch.testing.assert_close(arrived[0], expected)


def test_without_the_diagonal_only_the_first_position_reads_itself(
    model: LectureTransformer,
) -> None:
    future = knockout.without(learner_of(model), "diagonal").model.future
    assert future[:3, :3].tolist() == [[0, 1, 1], [0, 1, 1], [0, 0, 1]]
    assert not model.future.diagonal().any()
