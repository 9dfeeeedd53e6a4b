"""Join the pages of the built book in one, with contents: what `make pdf` prints."""

from html import escape
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

SHEETS = ("_static/book.css", "pdf.css")
SOLUTIONS = "details.admonition, .tag_hide-cell > details, .tag_hide-output details"


def join(site: Path, page_numbers: dict[str, int]) -> str:
    """The whole book as HTML that stands in the folder `site`.

    `page_numbers` says, for an id, on which page of the print it stands; what is not in it
    gets a number of three figures, so that the lines of the contents are already in place.
    """
    cover = read(site / "index.html")
    names = [page_name(link) for link in cover.select("#menu nav > ul > li > a")]
    address = attribute(cover.select("link[rel=canonical]")[0], "href")
    articles = [own_article(site, name, set(names), address) for name in names]
    contents = "".join(entries(article, page_numbers) for article in articles)
    title = escape(cover.select("title")[0].text)
    sheets = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in SHEETS)
    return (
        f'<!DOCTYPE html><html lang="ja" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{title}</title>{sheets}</head><body>"
        f'<header class="title-page"><p>{title}</p></header>'
        f'<aside class="imprint">{cover.select("footer.site")[0].decode_contents()}'
        f'<p>画面で読み，動かす版：<a href="{address}">{address}</a></p></aside>'
        f'<nav class="contents"><h1>目次</h1><ol>{contents}</ol></nav>'
        f"{''.join(str(article) for article in articles)}</body></html>"
    )


def read(path: Path) -> BeautifulSoup:
    """A page as a tree."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def page_name(link: Tag) -> str:
    """The name of the page that a link of the menu leads to; the cover links to itself by `#`."""
    return attribute(link, "href").removesuffix(".html").replace("#", "index")


def attribute(element: Tag, name: str) -> str:
    """An attribute that has one value."""
    value = element[name]
    assert isinstance(value, str)
    return value


def own_article(site: Path, name: str, names: set[str], address: str) -> Tag:
    """What a page says, its ids and links made its own among all pages."""
    article = read(site / f"{name}.html").select("article")[0]
    article["id"] = name
    for script in article.select("script"):
        script.decompose()
    for element in article.select("section [id], section[id]"):
        element["id"] = f"{name}--{element['id']}"
    for link in article.select("a[href]"):
        link["href"] = target(attribute(link, "href"), name, names, address)
    for image in article.select("img[loading]"):
        del image["loading"]
    for folded in article.select(SOLUTIONS):
        folded["open"] = ""
    return article


def target(href: str, name: str, names: set[str], address: str) -> str:
    """Where a link of page `name` leads: within the joined book if it can, else to the web."""
    if urlsplit(href).scheme:
        return href
    path, anchor = urldefrag(urljoin(f"{name}.html", href))
    page = path.removesuffix(".html")
    if page not in names:
        return urljoin(address, href)
    return f"#{page}--{anchor}" if anchor else f"#{page}"


def entries(article: Tag, page_numbers: dict[str, int]) -> str:
    """The lines of the contents for a page and its sections."""
    name = attribute(article, "id")
    sections = [
        (f"#{section['id']}", section.h2) for section in article.select("section > section")
    ]
    lines = [
        entry(anchor, heading.text, page_numbers)
        for anchor, heading in sections
        if heading is not None
    ]
    inner = f"<ol>{''.join(f'<li>{line}</li>' for line in lines)}</ol>" if lines else ""
    title = article.select("h1")[0].text
    return f"<li>{entry(f'#{name}', title, page_numbers)}{inner}</li>"


def entry(anchor: str, title: str, page_numbers: dict[str, int]) -> str:
    """One line: the title, dots, the number of its page."""
    return f'<a href="{anchor}"><span>{escape(title)}</span><b>{page_numbers.get(anchor[1:], 888)}</b></a>'
