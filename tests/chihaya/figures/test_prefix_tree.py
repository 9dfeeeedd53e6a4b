from collections import Counter

import chihaya
import numpy as np
import pytest
from chihaya.figures import prefix_tree
from chihaya.figures.style import BLUE
from matplotlib.colors import to_hex
from matplotlib.text import Text

POEMS = chihaya.load_poems()


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return list(prefix_tree.draw(POEMS).axes[0].texts)


def in_disc(text: Text) -> bool:
    box = text.get_bbox_patch()
    return box is not None and to_hex(box.get_facecolor()) == BLUE


def test_every_poem_has_its_number_and_the_last_kana_of_its_kimariji(texts: list[Text]) -> None:
    numbers = {text.get_position(): text.get_text() for text in texts if text.get_text().isdigit()}
    assert sorted(map(int, numbers.values())) == list(range(1, 101))
    last = Counter(text.get_text() for text in texts if in_disc(text))
    assert last == Counter(poem.kimariji[-1] for poem in POEMS)


def test_each_beginning_is_written_once(texts: list[Text]) -> None:
    nodes = {
        poem.kimariji[:length] for poem in POEMS for length in range(1, len(poem.kimariji) + 1)
    }
    kana = [text for text in texts if not text.get_text().isdigit()]
    assert Counter(text.get_text() for text in kana) == Counter(node[-1] for node in nodes)
    assert len({text.get_position() for text in kana}) == len(nodes)


def test_from_left_to_right_each_row_reads_to_its_poem(texts: list[Text]) -> None:
    """What stands in a poem's own row is the end of its 決まり字."""
    rows: dict[tuple[float, float], list[str]] = {}
    for text in sorted(texts, key=lambda text: text.get_position()):
        x, y = text.get_position()
        rows.setdefault((x // prefix_tree.WIDTH, y), []).append(text.get_text())
    assert len(rows) == len(POEMS)
    for *kana, number in rows.values():
        assert kana
        assert POEMS[int(number) - 1].kimariji.endswith("".join(kana))


def test_the_columns_share_the_poems_and_nothing_is_cut_off() -> None:
    (axes,) = prefix_tree.draw(POEMS).axes
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    places = [text.get_position() for text in axes.texts]
    assert all(left < x < right - 0.5 and top < y < bottom for x, y in places)
    columns = Counter(
        x // prefix_tree.WIDTH
        for text, (x, _) in zip(axes.texts, places, strict=True)
        if text.get_text().isdigit()
    )
    assert len(columns) == prefix_tree.COLUMNS
    assert all(count > len(POEMS) / 4 for count in columns.values())


def test_lines_end_at_every_last_kana_and_branch_off_from_kana_in_common() -> None:
    (axes,) = prefix_tree.draw(POEMS).axes
    kana = {text.get_position() for text in axes.texts if not text.get_text().isdigit()}
    lines = [list(map(tuple, np.asarray(line.get_xydata()).tolist())) for line in axes.lines]
    assert {text.get_position() for text in axes.texts if in_disc(text)} <= {
        line[-1] for line in lines
    }
    branches = [line for line in lines if len(line) == 3]
    assert len(branches) == len(POEMS) - len({poem.kimariji[0] for poem in POEMS})
    for start, _, end in branches:
        assert {start, end} <= kana and end[0] == start[0] + 1
