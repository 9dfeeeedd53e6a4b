"""What counts as the same site."""

from pathlib import Path

from clean_builds import digests


def test_each_file_of_the_book_counts_but_the_page_of_times(tmp_path: Path) -> None:
    for name in ("index.html", "_static/book.css", "state.html", "slides/index.html", "kagami.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    before = digests(tmp_path)
    assert set(before) == {"index.html", "_static/book.css"}
    (tmp_path / "_static" / "book.css").write_text("p {}")
    assert {name for name in before if digests(tmp_path)[name] != before[name]} == {
        "_static/book.css"
    }
