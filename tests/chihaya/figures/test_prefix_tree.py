from collections import Counter

import chihaya
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
