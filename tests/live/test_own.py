"""自分の言葉で, in a real browser: pairs typed, opened, refused, taught, asked, kept and saved."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chihaya.corpora import dates
from chihaya.storage import load_reciter
from playwright.sync_api import Browser, FilePayload, Page, expect
from site_tools import assert_fits

PAIRS = {"<b>太</b>": "ふとい", "𠮷": "よし", "a, b": '"', "two": "deux", "三": "さん", " ": "空"}
PASTED = "\n".join(
    "\t".join(f'"{cell.replace(chr(34), 2 * chr(34))}"' for cell in pair) for pair in PAIRS.items()
)
"""As a spreadsheet has them: tabs, quotes, no names of columns."""

HOLD = """window.held = []
const read = Blob.prototype.arrayBuffer
Blob.prototype.arrayBuffer = async function () {
  await new Promise(release => held.push(release))
  return read.call(this)
}"""
"""A model that was learned comes to the page no sooner than the test lets it."""


@pytest.fixture(scope="module")
def teaching(browser: Browser, address: str) -> Callable[..., Page]:
    """A page on which the part was started, by a reader who was never there before."""

    def start(prepare: Callable[[Page], object] = lambda page: None) -> Page:
        page = browser.new_context(base_url=address).new_page()
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        prepare(page)
        return started(page)

    return start


def started(page: Page) -> Page:
    page.goto("own-pairs.html")
    page.get_by_role("button", name="自分の言葉を教える").click()
    expect(page.get_by_label("対（5 対から")).to_be_visible()
    return page


def teach(page: Page, text: str, share: str = "なし") -> None:
    page.get_by_label("対（5 対から").fill(text)
    page.get_by_label("取り分ける").select_option(share)
    page.get_by_role("button", name="学習する").click()


def told(page: Page) -> str:
    """What stands there when it is learned."""
    expect(page.get_by_role("link", name="モデルを保存する")).to_be_visible(timeout=120_000)
    return page.locator(".part > [role=status]").inner_text()


def answer(page: Page, source: str) -> str:
    page.get_by_label("聞かせる言葉").fill(source)
    said = page.locator(".tokens button").all_inner_texts()
    assert said[-1] == "終"
    return "".join(said[:-1])


@pytest.fixture(scope="module")
def taught(teaching: Callable[..., Page]) -> Iterator[Page]:
    """A page that has learned the pairs."""
    page = teaching()
    teach(page, PASTED)
    assert told(page) == "source だけを聞いて，学んだ 6 対のうち 6 対を，一字も違えずに言えた。"
    yield page
    page.context.close()


def test_pairs_of_any_script_are_learned_and_said(taught: Page) -> None:
    for source, target in PAIRS.items():
        assert answer(taught, source) == target
        expect(taught.locator(".part div [role=status]")).to_contain_text(
            "学んだ対である。正しい。"
        )
    assert taught.locator(".part b:text-is('太')").count() == 0
    taught.locator(".tokens button").first.click()
    expect(taught.locator(".detail")).to_contain_text("1 文字目「空」をどう選んだか")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("", "source が空である"),
        ("x" * 41, "41 文字ある"),
        ("六", "「六」（U+516D）は語彙にない"),
        ("三三", "用意した対にはない source である"),
    ],
)
def test_whatever_is_asked_is_answered_or_refused_in_one_line(
    taught: Page, source: str, line: str
) -> None:
    taught.get_by_label("聞かせる言葉").fill(source)
    expect(taught.locator(".part div [role=status]")).to_contain_text(line)


def test_a_reload_loses_neither_the_pairs_nor_the_model(taught: Page) -> None:
    page = started(taught.context.new_page())
    assert told(page).startswith("source だけを聞いて，学んだ 6 対のうち 6 対")
    expect(page.get_by_label("対（5 対から")).to_have_value(f"source\ttarget\n{PASTED}")
    assert answer(page, "two") == "deux"
    page.close()


def test_the_package_reads_what_the_page_saves(taught: Page, tmp_path: Path) -> None:
    with taught.expect_download() as download:
        taught.get_by_role("link", name="モデルを保存する").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    reciter = load_reciter(tmp_path / "own-pairs.safetensors")
    assert reciter.recite_all(list(PAIRS)) == list(PAIRS.values())
    assert reciter.recipe["pairs"] == len(PAIRS)


def test_what_was_learned_is_not_told_once_another_training_has_begun(
    teaching: Callable[..., Page],
) -> None:
    page = teaching(lambda page: page.add_init_script(HOLD))
    teach(page, PASTED)
    page.wait_for_function("held.length === 1", timeout=120_000)
    teach(page, "\n".join(f"{number},{number}{number}" for number in range(5)))
    page.evaluate("held[0]()")
    page.wait_for_function("held.length === 2", timeout=120_000)
    expect(page.get_by_role("link", name="モデルを保存する")).to_have_count(0)
    page.evaluate("held[1]()")
    assert "学んだ 5 対のうち 5 対" in told(page)
    page.context.close()


def test_no_barrier_and_nothing_wider_than_the_page(taught: Page) -> None:
    answer(taught, "two")
    taught.locator(".tokens button").first.click()
    assert_fits(taught)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "入力は空である"),
        ("山，やま\n川，かわ", "対を区切る「，」が全角である。半角のコンマ（,）かタブ"),
        ("山,やま\n川,かわ", "入力に対が 2 対しかない。5 対以上にしてほしい。"),
        ("\n".join(f"{number},a" for number in range(301)), "入力の対が多すぎる。300 対まで"),
        ("a,b\na,c", "入力の 3 行目の source は 2 行目と同じなのに target が違う。"),
        ("a," + "あ" * 41, "入力の 2 行目の target が 41 文字ある。40 文字までである。"),
        ("あ" * 10_000, "入力の 1 行目に source と target の列が一つずつない。"),
        ("<img src=x onerror=alert(1)>", "入力の 1 行目に source と target の列が一つずつない。"),
        ("a,b\nc,d,e", "入力の 3 行目の列が 1 行目より多い。"),
        ("a,b\nc,", "入力の 3 行目の target が空である。"),
        ('{"source": "a"}', "入力の 1 行目に target がない。"),
        ('{"source": 1', "入力の 1 行目が JSON のオブジェクトでない。"),
    ],
)
def test_what_cannot_be_learned_gets_one_line(
    teaching: Callable[..., Page], text: str, line: str
) -> None:
    page = teaching()
    teach(page, text)
    status = page.locator(".part > [role=status]")
    expect(status).to_contain_text(line)
    assert "\n" not in status.inner_text()
    expect(page.locator(".part img, .curves")).to_have_count(0)
    page.context.close()


def test_a_file_is_opened_or_refused_in_one_line(teaching: Callable[..., Page]) -> None:
    page = teaching()
    files = {
        "0.csv の 2 行目が UTF-8 でない": "source,target\n山,やま\n".encode("shift_jis"),
        "1.csv に対が 1 対しかない": b"source,target\n1,2\n",
        "": b'target,source\n"1,2",a\n2,b\n3,c\n4,d\n5,e\n',
    }
    for number, (line, content) in enumerate(files.items()):
        page.get_by_label("ファイルを開く").set_input_files(
            FilePayload(name=f"{number}.csv", mimeType="text/csv", buffer=content)
        )
        expect(page.locator(".part > [role=status]")).to_contain_text(line)
    expect(page.get_by_label("対（5 対から")).to_have_value(
        'source,target\na,"1,2"\nb,2\nc,3\nd,4\ne,5'
    )
    page.context.close()


def test_what_was_typed_outlives_an_example_and_a_reload(teaching: Callable[..., Page]) -> None:
    page = teaching()
    pairs = page.get_by_label("対（5 対から")
    pairs.press_sequentially("一,いち")
    page.get_by_role("button", name="例：日付 20 対").click()
    expect(pairs).not_to_have_value("一,いち")
    page.get_by_role("button", name="前の対に戻す").click()
    expect(pairs).to_have_value("一,いち")
    pairs.press_sequentially("一")
    page.wait_for_timeout(1000)  # ms: as long as the browser may take to keep it
    page = started(page)  # anew, with the caret still there
    expect(pairs).to_have_value("一,いち一")
    page.context.close()


def test_a_browser_that_keeps_nothing_says_so(teaching: Callable[..., Page]) -> None:
    page = teaching(
        lambda page: page.add_init_script(
            "Object.defineProperty(window, 'indexedDB', "
            "{ get() { throw new DOMException('', 'SecurityError') } })"
        )
    )
    page.get_by_role("button", name="例：日付 20 対").click()
    expect(page.locator(".part > [role=status]")).to_contain_text("保存を許していない")
    page.context.close()


def test_a_browser_that_cannot_learn_says_so(teaching: Callable[..., Page]) -> None:
    def without_simd(page: Page) -> None:
        page.route(
            "**/worker.js",
            lambda route: route.fulfill(
                response=(response := route.fetch()),
                body=f"WebAssembly.validate = () => false;{response.text()}",
            ),
        )

    page = teaching(without_simd)
    teach(page, PASTED)
    expect(page.locator(".part > [role=status]")).to_contain_text("SIMD がなく，学習は動かない")
    page.context.close()


def test_training_rests_while_nobody_sees_the_page(teaching: Callable[..., Page]) -> None:
    page = teaching()

    def steps() -> int:
        points = page.locator(".curves polyline").first.get_attribute("points") or ""
        return len(points.split())

    def hide(hidden: bool) -> None:
        page.evaluate(
            """hidden => {
              Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
              document.dispatchEvent(new Event('visibilitychange'))
            }""",
            hidden,
        )

    page.get_by_role("button", name="例：日付 20 対").click()
    expect(page.get_by_label("対（5 対から")).not_to_have_value("")
    page.get_by_role("button", name="学習する").click()
    page.wait_for_function("document.querySelector('.curves polyline')?.getAttribute('points')")
    hide(True)
    page.wait_for_timeout(1500)
    before = steps()
    page.wait_for_timeout(1500)
    assert steps() == before
    hide(False)
    assert "学んだ 16 対のうち 16 対" in told(page)
    assert steps() > before
    page.context.close()


def test_three_hundred_dates_are_learned_and_most_others_read(
    teaching: Callable[..., Page],
) -> None:
    page = teaching()
    page.get_by_role("button", name="例：日付 300 対").click()
    expect(page.get_by_label("対（5 対から")).not_to_have_value("")
    page.get_by_role("button", name="学習する").click()
    found = re.search(
        "学んだ 240 対のうち 240 対，学んでいない 60 対のうち ([0-9]+) 対", told(page)
    )
    assert found and int(found[1]) > 30
    text = page.get_by_label("対（5 対から").input_value()
    rows = {tuple(line.split(",")) for line in text.splitlines()[1:]}
    assert len(rows) == 300
    assert rows < set(dates())
    page.reload()
    page = started(page)
    assert "240 対のうち 240 対" in told(page)
    expect(page.get_by_label("対（5 対から")).to_have_value(text)
    page.context.close()
