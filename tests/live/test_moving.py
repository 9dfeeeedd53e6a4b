"""動かす図, in a real browser: what they show is what the package, or NumPy, computes."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pytest
import torch
from chihaya.poems import load_poems
from chihaya.shipped import load_reciter
from chihaya.transformer import (
    SublayerConnection,
    positional_encoding,
    scaled_dot_product_attention,
)
from playwright.sync_api import Browser, Locator, Page, expect
from site_tools import assert_fits
from torch import Tensor

POEMS = load_poems()
PLACES = {
    "attention": ("attention.html", "数を動かす"),
    "encoding": ("positional-encoding.html", "波を動かす"),
    "forward": ("transformer.html", "一段ずつ進める"),
}
STATUS = ".part [role=status]"
SHARES = "cells => cells.map(cell => Number(cell.style.getPropertyValue('--share')))"


@pytest.fixture
def moving(browser: Browser, address: str) -> Callable[..., Page]:
    """A page on which one of them was started."""

    def start(part: str, **context: object) -> Page:
        name, button = PLACES[part]
        page = browser.new_page(base_url=address, **context)  # type: ignore[arg-type]
        page.goto(f"{name}#live-{part}")  # where a prediction is asked before it, a link shows it
        page.get_by_role("button", name=button).click()
        expect(page.locator(STATUS)).not_to_be_empty()
        return page

    return start


def numbers(cells: Locator) -> list[float]:
    """What stands there, as numbers."""
    signs = str.maketrans({"−": "-", "∞": "inf"})
    return [float(text.translate(signs)) for text in cells.all_inner_texts()]


def table(page: Page, caption: str) -> Tensor:
    """The numbers of a table of three rows."""
    found = page.locator("table", has=page.locator("caption", has_text=caption))
    return torch.tensor(numbers(found.locator("tbody td"))).unflatten(0, (3, -1))


@pytest.mark.parametrize(
    ("typed", "causal", "scale", "temperature"),
    [
        ({}, False, True, 1.0),
        (
            {"問い合わせ「な」の成分 1": 3, "鍵「が」の成分 2": -0.5, "値「め」の成分 2": -2.5},
            True,
            False,
            2.0,
        ),
    ],
)
def test_attention_is_what_the_package_computes(
    moving: Callable[..., Page],
    typed: Mapping[str, float],
    causal: bool,
    scale: bool,
    temperature: float,
) -> None:
    page = moving("attention")
    query, key, value = (torch.tensor([[1.0, 0], [0, 1], [1, 1]]) for _ in range(3))
    roles = {"問い合わせ": query, "鍵": key, "値": value}
    for label, number in typed.items():
        page.get_by_label(label).fill(str(number))
        role, letter = label.split("「")
        roles[role]["ながめ".index(letter[0]), int(label[-1]) - 1] = number
    page.get_by_label("因果マスク").set_checked(causal)
    page.get_by_label("√dk で割る").set_checked(scale)
    page.get_by_label("温度").fill(str(temperature))

    divisor = (math.sqrt(2) if scale else 1) * temperature
    mask = torch.ones(3, 3).bool().tril() if causal else None
    output, weights = scaled_dot_product_attention(query * math.sqrt(2) / divisor, key, value, mask)
    scores = query @ key.T / divisor
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    for caption, wanted in (
        ("① 内積", query @ key.T),
        ("②③", scores),
        ("④ 重み", weights),
        ("⑤ 出力", output),
    ):
        torch.testing.assert_close(table(page, caption), wanted, atol=0.00501, rtol=0)
    expect(page.locator(STATUS)).to_contain_text(f"({output[0, 0]:.2f}, {output[0, 1]:.2f})")
    page.get_by_role("button", name="元に戻す").click()
    expect(page.locator(STATUS)).to_contain_text("(0.80, 0.60)")


def test_a_higher_temperature_draws_the_outputs_together(moving: Callable[..., Page]) -> None:
    page = moving("attention")

    def spread() -> float:
        places = page.locator(".square rect").evaluate_all(
            "all => all.map(one => +one.getAttribute('x'))"
        )
        return float(max(places) - min(places))

    before = spread()
    page.get_by_label("温度").fill("5")
    assert 0 < spread() < before


def encoding(length: int, d_model: int, base: float) -> np.ndarray:
    """The equations of the page."""
    angle = np.arange(length)[:, None] / base ** (np.arange(0, d_model, 2) / d_model)
    return np.stack((np.sin(angle), np.cos(angle)), axis=2).reshape(length, d_model)


@pytest.mark.parametrize(
    ("d_model", "base", "position", "offset"), [(64, 10000, 0, 3), (6, 37.5, 9, 40)]
)
def test_the_encoding_is_that_of_the_equations(
    moving: Callable[..., Page], d_model: int, base: float, position: int, offset: int
) -> None:
    page = moving("encoding")
    page.get_by_label("d_model").fill(str(d_model))
    page.get_by_label("底").fill(str(base))
    page.get_by_label("位置 pos").fill(str(position))
    page.get_by_label("差 k").fill(str(offset))
    rows = encoding(50, d_model, base)
    if base == 10000:
        np.testing.assert_allclose(rows, positional_encoding(50, d_model), atol=1e-6)
    product = f"{rows[position] @ rows[position + offset]:.2f}".replace("-", "−")
    expect(page.locator(STATUS)).to_contain_text(
        f"位置 {position} と位置 {position + offset} の符号の内積は {product} で"
    )
    longest = 2 * math.pi * base ** ((d_model - 2) / d_model)
    expect(page.locator(".part")).to_contain_text(
        f"自分自身との内積は {d_model / 2:.2f}，最も短い周期は 6.28 文字，"
        f"最も長い周期は {longest:.{2 if longest < 100 else 0}f} 文字"
    )

    pixels = page.locator("canvas").evaluate(
        "map => [...map.getContext('2d').getImageData(0, 0, map.width, map.height).data]"
    )
    colours = np.array(pixels).reshape(50, d_model, 4)
    np.testing.assert_allclose(colours[..., 3], 255 * abs(rows), atol=1)
    seen = abs(rows) > 0.05
    assert ((colours[..., 0] > colours[..., 2]) == (rows < 0))[seen].all()

    points = page.locator("polyline").evaluate("line => [...line.points].map(point => point.y)")
    assert np.corrcoef(points, rows @ rows[0])[0, 1] == pytest.approx(-1)


def test_the_product_depends_on_the_offset_alone(moving: Callable[..., Page]) -> None:
    page = moving("encoding")
    status = page.locator(STATUS)
    told = status.inner_text().partition("内積")[2]
    page.get_by_label("位置 pos").fill("7")
    expect(status).to_contain_text("位置 7 と位置 10")
    assert status.inner_text().partition("内積")[2] == told
    page.get_by_label("差 k").fill("4")
    expect(status).to_contain_text("位置 11")
    assert status.inner_text().partition("内積")[2] != told


class Step(NamedTuple):
    """What a step shows at one position: vectors, where heads looked, the probabilities of the next token."""

    vectors: Tensor
    weights: Tensor = torch.zeros(0)
    probabilities: Tensor = torch.zeros(0)


@torch.inference_mode()
def passed(heard: str, said: str, first: int) -> list[Step]:
    """The package's pass: at one position of what was heard, and at the last of what was said."""
    reciter = load_reciter()
    model, vocabulary = reciter.model, reciter.vocabulary
    source, target = vocabulary.sources([heard]), vocabulary.targets([said])[:, :-1]
    written: list[tuple[Tensor, ...]] = []
    for module in model.modules():
        if isinstance(module, SublayerConnection):
            module.register_forward_hook(
                lambda _, given, x: written.append((given[0][0], (x - given[0])[0], x[0]))
            )
    model(source, target)
    heard_1, heard_2 = model.attention.encoder[:, 0, :, first]  # [H, S]
    said_1, said_2 = model.attention.decoder[:, 0, :, -1]  # [H, T]
    cross_1, cross_2 = model.attention.cross[:, 0, :, -1]  # [H, S]

    def entrance(tokens: Tensor) -> tuple[Tensor, ...]:
        x = model.embed(tokens)[0]
        position = positional_encoding(*x.shape)
        return x - position, position, x

    def exit_of(x: Tensor) -> Tensor:
        return (model.decoder.norm(x) @ model.embedding.weight.T).softmax(dim=-1)

    read, last = written[3][-1], written[-1][-1]
    nothing = torch.zeros(0)
    hearing = zip(
        [entrance(source), *written[:4], (read, model.encoder.norm(read))],
        [nothing, heard_1, nothing, heard_2, nothing, nothing],
        strict=True,
    )
    saying = zip(
        [entrance(target), *written[4:]],
        [nothing, said_1, cross_1, nothing, said_2, cross_2, nothing],
        strict=True,
    )
    return [
        *(Step(torch.stack([x[first] for x in vectors]), looked) for vectors, looked in hearing),
        *(
            Step(torch.stack([x[-1] for x in vectors]), looked, exit_of(vectors[-1][-1]))
            for vectors, looked in saying
        ),
        Step(torch.stack([last[-1], model.decoder.norm(last)[-1]]), nothing, exit_of(last[-1])),
    ]


@pytest.mark.parametrize(("number", "said", "first"), [(17, 5, 0), (1, 0, 3)])
def test_every_step_shows_what_the_package_computes(
    moving: Callable[..., Page], number: int, said: int, first: int
) -> None:
    page = moving("forward")
    poem = POEMS[number - 1]
    page.get_by_label("歌を選ぶ").select_option(index=number)
    page.get_by_label("言い終えた文字数").fill(str(said))
    page.locator(".letters button").nth(first).click()
    steps = passed(poem.kami_kana, poem.shimo_kana[:said], first)
    for place, step in enumerate(steps, start=1):
        expect(page.locator(STATUS)).to_contain_text(f"{place}／{len(steps)}")
        lengths = numbers(page.locator(".vectors td:nth-child(2)"))
        assert lengths == pytest.approx(step.vectors.norm(dim=-1).tolist(), abs=0.0501)
        looked = page.locator(".heads td").evaluate_all(SHARES)
        assert looked == pytest.approx(step.weights.flatten().tolist(), abs=1e-5)
        told = page.locator(".detail .bars li, .detail .shares td[style]").evaluate_all(SHARES)
        likeliest = step.probabilities.sort(descending=True).values[:5]
        assert told == pytest.approx(likeliest.tolist(), abs=1e-5)
        if place < len(steps):
            page.get_by_role("button", name="次の段").click()
    expect(page.get_by_role("button", name="次の段")).to_be_disabled()
    expect(page.locator(".shares tbody th").first).to_have_text(poem.shimo_kana[said])


def test_the_colours_of_a_vector_are_its_numbers(moving: Callable[..., Page]) -> None:
    page = moving("forward")
    colours = page.locator(".heat").evaluate_all(
        "all => all.map(one => [...one.getContext('2d').getImageData(0, 0, one.width, 1).data])"
    )
    vectors = passed(POEMS[16].kami_kana, POEMS[16].shimo_kana[:5], 0)[0].vectors
    alpha = torch.tensor(colours).unflatten(1, (64, 4))[..., 3]
    torch.testing.assert_close(alpha / 255, vectors.abs() / vectors.abs().max(), atol=0.005, rtol=0)


def test_one_steps_and_looks_by_keyboard_alone(moving: Callable[..., Page]) -> None:
    page = moving("forward")
    page.get_by_role("button", name="次の段").focus()
    for _ in range(8):
        page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("9／14")
    expect(page.locator(".towers [aria-pressed=true]")).to_have_text("交差注意 1")
    page.locator(".letters button").first.focus()
    page.keyboard.press("Space")
    expect(page.locator(STATUS)).to_contain_text("「始」の位置")
    expect(page.locator(":focus")).to_have_text("始")
    page.get_by_label("言い終えた文字数").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(STATUS)).to_contain_text("「ゐ」の位置")


@pytest.mark.parametrize(
    ("part", "label", "answers"),
    [
        (
            "attention",
            "値「な」の成分 1",
            dict.fromkeys(("", "11", "1e99"), "−10 から 10 まで"),
        ),
        ("encoding", "底", dict.fromkeys(("", "0", "-3", "1e9"), "1 から 1000000 まで")),
        (
            "forward",
            "聞かせる言葉",
            {
                "": "空である",
                "春": "漢字「春」（U+6625）は読めない",
                "あ" * 10_000: "10000 文字ある",
                "<img src=x onerror=alert(1)>": "語彙にない",
            },
        ),
    ],
)
def test_what_cannot_be_drawn_gets_one_line(
    moving: Callable[..., Page], part: str, label: str, answers: Mapping[str, str]
) -> None:
    page = moving(part)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    status = page.locator(STATUS)
    usual = status.inner_text()
    field = page.get_by_label(label)
    before = field.input_value()
    for typed, told in answers.items():
        field.fill(typed)
        expect(status).to_contain_text(told)
        assert "\n" not in status.inner_text()
        assert page.locator(".part img").count() == 0
        field.fill(before)
        expect(status).to_have_text(usual)


@pytest.mark.parametrize("part", PLACES)
def test_no_barrier_and_nothing_wider_than_the_page(moving: Callable[..., Page], part: str) -> None:
    page = moving(part)
    if part == "forward":
        page.get_by_role("button", name="交差注意 2").click()
    assert_fits(page)


@pytest.mark.parametrize("part", PLACES)
def test_nothing_comes_before_it_is_asked_for(browser: Browser, address: str, part: str) -> None:
    page = browser.new_page(base_url=address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    name, button = PLACES[part]
    page.goto(f"{name}#live-{part}")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/live/" in url and not url.endswith("/quiz.js")]
    page.get_by_role("button", name=button).click()
    expect(page.locator(".part")).to_be_visible()
    assert [url for url in asked if url.endswith(f"/{part}.js")]
    assert any(url.endswith(".safetensors") for url in asked) == (part == "forward")
