"""The exercises for Moodle stand beside the book, and teachers find them."""

from bs4 import BeautifulSoup
from chihaya.exercises import load_exercises
from site_tools import SITE


def test_a_teacher_can_save_all_exercises() -> None:
    page = BeautifulSoup((SITE / "teaching.html").read_bytes(), "html.parser")
    (link,) = page.select("a[href$='.gift']")
    text = (SITE / str(link["href"])).read_text(encoding="utf-8")
    names = [line.split()[0].strip(":") for line in text.splitlines() if line.startswith("::")]
    assert names == list(load_exercises())
    assert "$CATEGORY: 鏡を覗いてみると/" in text
