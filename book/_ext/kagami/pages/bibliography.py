"""Set citations, as Vaswani et al. (2017), and the list of references.

The list is pybtex's plain style with three changes: titles keep their capitals, a DOI is
given as its address, and an entry with `langid = {japanese}` is set as in Japanese books.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from pybtex.database import Entry
from pybtex.style import template
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.plain import Style
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

NAME = "chihaya"


def _round_brackets() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class ReferenceStyle(AuthorYearReferenceStyle):
    """Vaswani et al. (2017) in a sentence, (Vaswani et al., 2017) beside one."""

    bracket_textual: BracketStyle = field(default_factory=_round_brackets)
    bracket_parenthetical: BracketStyle = field(default_factory=_round_brackets)
    person: PersonStyle = field(default_factory=lambda: PersonStyle(sep2=" & ", other=" et al."))


class LabelStyle(BaseLabelStyle):  # type: ignore[misc]  # pybtex has no types
    """Vaswani et al. 2017 before the entry itself."""

    def format_labels(self, entries: Iterable[Entry]) -> Iterator[str]:
        for entry in entries:
            names = [
                " ".join(person.prelast_names + person.last_names)
                for person in entry.persons["author"]
            ]
            who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
            yield f"{who} {entry.fields['year']}"


class ListStyle(Style):  # type: ignore[misc]  # pybtex has no types
    """The list of references."""

    default_label_style = NAME

    def get_book_template(self, entry: Entry) -> template.Node:
        if entry.fields.get("langid") == "japanese":
            return self._japanese(entry)
        return super().get_book_template(entry)

    def get_misc_template(self, entry: Entry) -> template.Node:
        if entry.fields.get("langid") == "japanese":
            return self._japanese(entry)
        return super().get_misc_template(entry)

    def format_title(self, entry: Entry, which: str, as_sentence: bool = True) -> template.Node:
        title = template.field(which)
        return template.sentence[title] if as_sentence else title

    def format_doi(self, entry: Entry) -> template.Node:
        address = template.join["https://doi.org/", template.field("doi", raw=True)]
        return template.href(address)[address]

    def format_url(self, entry: Entry) -> template.Node:
        address = template.field("url", raw=True)
        return template.href(address)[address]

    def _japanese(self, entry: Entry) -> template.Node:
        """Author『title』, translator, publisher, year, with Japanese punctuation."""
        work = template.join[
            template.names("author", sep="・"), "『", template.field("title"), "』"
        ]
        translator = template.join[template.field("translator"), "訳"]
        return toplevel[
            template.join[
                template.join(sep="，")[
                    work,
                    template.optional[translator],
                    template.first_of[
                        template.optional_field("publisher"),
                        template.optional_field("howpublished"),
                    ],
                    template.join[template.field("year"), " 年"],
                ],
                "。",
            ],
            template.optional[self.format_url(entry)],
        ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the styles under the name that `_config.yml` gives."""
    sphinxcontrib.bibtex.plugin.register_plugin(
        "sphinxcontrib.bibtex.style.referencing", NAME, ReferenceStyle
    )
    pybtex.plugin.register_plugin("pybtex.style.labels", NAME, LabelStyle)
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, ListStyle)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
