import numpy as np
from chihaya.figures import timeline
from chihaya.figures.timeline import Work
from matplotlib.lines import Line2D

WORKS = (Work(1960, "A", "甲"), Work(2015, "B", "乙"), Work(2016, "C", "丙"), Work(2021, "D", "丁"))


def marked(lines: list[Line2D], marker: str) -> list[float]:
    return [np.asarray(line.get_ydata())[0] for line in lines if line.get_marker() == marker]


def test_works_are_marked_at_their_years() -> None:
    axes = timeline.draw(WORKS, [True, True, False, True]).axes[0]
    assert marked(list(axes.lines), "o") == [1960, 2015, 2021]
    assert marked(list(axes.lines), "s") == [2016]


def test_names_stand_in_even_rows_in_the_order_of_years() -> None:
    axes = timeline.draw(WORKS, [True] * 4).axes[0]
    labels = [(text.xy[1], text.get_text()) for text in axes.texts]  # type: ignore[attr-defined]
    assert [text for _, text in labels] == [
        "甲\n1960 年，A",
        "乙\n2015 年，B",
        "丙\n2016 年，C",
        "丁\n2021 年，D",
    ]
    assert np.allclose(np.diff([row for row, _ in labels]), (2021 - 1960) / 3)
    assert axes.yaxis_inverted()


def test_each_name_is_tied_to_its_year_and_all_is_within_sight() -> None:
    axes = timeline.draw(WORKS, [True] * 4).axes[0]
    lines = [np.asarray(line.get_xydata()).tolist() for line in axes.lines]
    ties = [(line[0], tuple(line[-1])) for line in lines if len(line) == 3]
    rows = [text.xy for text in axes.texts]  # type: ignore[attr-defined]
    assert ties == [([0, work.year], row) for work, row in zip(WORKS, rows, strict=True)]
    later, earlier = axes.get_ylim()
    assert earlier < 1960 and later > 2021
    assert list(axes.get_yticks()) == [1960, 1970, 1980, 1990, 2000, 2010, 2020]
    assert axes.get_ylabel() == "年"
