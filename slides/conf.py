"""The decks of slides: Sphinx with the book's own extensions, and sphinx-revealjs."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path += [str(HERE), str(HERE / "_ext")]

project = "鏡を覗いてみると"
language = "ja"
extensions = [
    "myst_nb",
    "sphinx_revealjs",
    "deck_cache",
    "deck_html",
    "kagami.japanese.faces",
    "kagami.japanese.source_lines",
    "kagami.notebooks.execute",
    "kagami.pages.decks",
    "kagami.pages.equations",
    "kagami.pages.exercises",
    "kagami.pages.live",
    "kagami.pages.streams",
]
templates_path = ["_templates"]
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
html_math_renderer = "temml"
myst_update_mathjax = False

nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_output_stderr = "error"
nb_mime_priority_overrides = [
    ("revealjs", "application/vnd.jupyter.widget-view+json", 0),
    ("revealjs", "image/svg+xml", 10),
    ("revealjs", "text/html", 20),
    ("revealjs", "text/plain", 30),
]

html_copy_source = False
revealjs_html_theme = "revealjs-simple"
revealjs_style_theme = "slides.css"
revealjs_static_path = ["_static", "../book/_theme/palette.css"]
revealjs_script_plugins = [{"src": "revealjs/plugin/notes/notes.js", "name": "RevealNotes"}]
# Of reveal.js, only what the decks load is published.
exclude_patterns = [
    "revealjs/css/**",
    "revealjs/dist/theme/**",
    "revealjs/dist/*.esm.js",
    "revealjs/dist/*.map",
    "revealjs/plugin/[!n]*/**",
    "revealjs/plugin/notes/*.esm.js",
]
