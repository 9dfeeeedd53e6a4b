"""The site as Lighthouse sees it."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from kagami.site.server import serve


def test_pages_are_compressed_and_typed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>鏡</p>" * 1000, encoding="utf-8")
    (tmp_path / "face.woff2").write_bytes(b"wOF2")
    with serve(tmp_path) as address:
        with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as page:
            assert page.headers["Content-Encoding"] == "gzip"
            assert page.headers["Content-Type"] == "text/html; charset=utf-8"
            assert page.headers["ETag"]
            assert len(page.read()) < 1000
        with urlopen(f"{address}face.woff2") as face:
            assert face.headers["Content-Type"] == "font/woff2"


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("<p>頁が見つからない</p>", encoding="utf-8")
    with serve(tmp_path) as address, pytest.raises(HTTPError) as error:
        urlopen(f"{address}a/b/c.html")
    assert error.value.code == 404
    assert "見つからない" in error.value.read().decode()
