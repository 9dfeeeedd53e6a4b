import gzip
import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from chihaya.figures.dual_polyhedra import SECONDS_A_TURN, animate
from chihaya.polyhedra import regular_polyhedra
from playwright.sync_api import Browser

HTML = animate(regular_polyhedra())
NAMES = list(regular_polyhedra())


def drawings() -> list[ElementTree.Element]:
    svgs = [ElementTree.fromstring(svg) for svg in re.findall("<svg.*?</svg>", HTML, re.DOTALL)]
    return [svg for svg in svgs if svg.get("role") == "img"]


def segments(data: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Path data of lines with two ends as [L, 2, 2]."""
    return np.array([line.split() for line in data.split("M")[1:]], dtype=int).reshape(-1, 2, 2)


def test_each_drawing_names_a_polyhedron_and_its_dual() -> None:
    assert [svg.get("aria-label") for svg in drawings()] == [
        "正四面体の中に正四面体",
        "正六面体の中に正八面体",
        "正八面体の中に正六面体",
        "正十二面体の中に正二十面体",
        "正二十面体の中に正十二面体",
    ]


@pytest.mark.parametrize(
    ("index", "outer_edges", "inner_faces"),
    [(0, 6, 4), (1, 12, 8), (2, 12, 6), (3, 30, 20), (4, 30, 12)],
)
def test_every_edge_and_every_face_is_drawn(index: int, outer_edges: int, inner_faces: int) -> None:
    paths = {path.get("class"): path.get("d", "") for path in drawings()[index]}
    assert paths["behind"].count("M") == paths["outer"].count("M") == outer_edges
    assert paths["inner"].count("M") == outer_edges
    assert paths["filled"].count("M") == inner_faces


def test_frames_can_be_interpolated() -> None:
    for path in (path for svg in drawings() for path in svg):
        (animation,) = path
        frames = animation.get("values", "").split(";")
        times = [float(time) for time in animation.get("keyTimes", "").split(";")]
        assert len(times) == len(frames) > 10
        assert times == sorted(times) and times[0] == 0 and times[-1] == 1
        assert len({re.sub("-?[0-9]+", "", frame) for frame in frames}) == 1
        assert path.get("d") == frames[0]


def test_the_last_frame_looks_like_the_first() -> None:
    for svg in drawings():
        (animation,) = svg[0]
        first, *_, last = map(segments, animation.get("values", "").split(";"))
        either_way = np.concatenate([last, last[:, ::-1]])
        distances = abs(first[:, None] - either_way).max(axis=(-1, -2))
        assert distances.min(axis=1).max() <= 1  # rounding


def test_each_turns_as_fast_as_the_others() -> None:
    """An axis of order k: the k-th part of a turn in the k-th part of its time."""
    periods = [[float(path[0].get("dur", "").rstrip("s")) for path in svg] for svg in drawings()]
    for each, order in zip(periods, (3, 4, 4, 5, 5), strict=True):
        assert each == pytest.approx([SECONDS_A_TURN / order] * 4, abs=0.005)


def test_faces_are_filled_along_the_edges_around_them() -> None:
    for svg in drawings():
        paths = {path.get("class"): path.get("d", "") for path in svg}
        edges = {frozenset(map(tuple, edge.tolist())) for edge in segments(paths["inner"])}
        for face in paths["filled"].split("M")[1:]:
            ring = [
                tuple(point) for point in np.array(face.split(), dtype=int).reshape(-1, 2).tolist()
            ]
            assert set(ring) == {(0, 0)} or {*map(frozenset, pairwise([*ring, ring[0]]))} <= edges


def test_nothing_but_names_is_written() -> None:
    text = re.sub(
        "<(style|script)>.*?</\\1>|<button.*?</button>|<[^>]*>", "", HTML, flags=re.DOTALL
    )
    assert "".join(text.split()) == "".join(
        svg.get("aria-label", "").replace("の中", "内", 1) for svg in drawings()
    )


def test_rounding_hides_what_another_processor_may_compute_differently() -> None:
    random = np.random.default_rng(0)
    noisy = {
        name: vertices + random.uniform(-1e-12, 1e-12, vertices.shape)
        for name, vertices in regular_polyhedra().items()
    }
    assert animate(noisy) == HTML


def test_it_is_light() -> None:
    assert len(gzip.compress(HTML.encode())) < 30_000


def test_nothing_moves_and_no_button_shows_before_the_script_runs() -> None:
    animations = [animation for svg in drawings() for path in svg for animation in path]
    assert {animation.get("begin") for animation in animations} == {"indefinite"}
    assert re.findall("<button[^>]*>", HTML) == ['<button type="button" hidden>']


def test_it_has_no_id_and_asks_for_no_other_file() -> None:
    assert not re.search(r"\b(id|src|href)=|url\(", HTML)


def test_a_name_is_text() -> None:
    html = animate({'<b>"': regular_polyhedra()["正四面体"]})
    assert 'aria-label="&lt;b&gt;&quot;の中に&lt;b&gt;&quot;"' in html
    assert "<b>" not in html


SECONDS = "document.querySelector('.dual-polyhedra [role=img]').getCurrentTime()"


def test_the_button_stops_and_starts_it(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(HTML)
    button = page.get_by_role("button")
    assert button.inner_text() == "回転を止める"
    page.wait_for_function(f"{SECONDS} > 0")
    button.click()
    stopped = page.evaluate(SECONDS)
    page.wait_for_timeout(200)
    assert page.evaluate(SECONDS) == stopped
    assert button.inner_text() == "回転させる"
    button.click()
    page.wait_for_function(f"{SECONDS} > {stopped}")
    page.close()


def test_it_stands_still_for_readers_who_ask_for_reduced_motion(browser: Browser) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.set_content(HTML)
    page.wait_for_timeout(200)
    assert page.evaluate(SECONDS) == 0
    assert page.get_by_role("button").inner_text() == "回転させる"
    page.close()


def test_print_has_no_button(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(HTML)
    page.emulate_media(media="print")
    assert not page.locator("button").is_visible()
    assert page.locator(".dual-polyhedra svg").first.is_visible()
    page.close()


def test_two_in_one_page_each_have_their_button(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(HTML + HTML)
    first, second = page.get_by_role("button").all()
    first.click()
    assert (first.inner_text(), second.inner_text()) == ("回転させる", "回転を止める")
    page.close()
