"""What a page needs to be built alone in the book's theme."""

WEB = "https://someone.github.io/book/"
OPTIONS = {
    "repository_url": "https://github.com/Someone/book",
    "repository_branch": "main",
    "path_to_docs": "book",
}
EXTENSIONS = (
    "myst_parser",
    "kagami.japanese.search",
    "kagami.site.theme",
    "kagami.site.web",
    "kagami.site.card",
)
CONFIG = {
    "html_baseurl": WEB,
    "html_theme": "mirror",
    "html_theme_options": OPTIONS,
    "html_use_index": False,
}
