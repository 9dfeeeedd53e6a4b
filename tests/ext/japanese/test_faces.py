from collections import defaultdict
from unittest.mock import Mock

from kagami.japanese.faces import Shown, collect
from sphinx.application import Sphinx


def shown_in_formulas(body: str) -> set[str]:
    shown: Shown = defaultdict(set)
    context = {"body": body, "title": "頁", "docstitle": "題"}
    collect(shown, Mock(spec=Sphinx), "page", "page.html", context, None)
    return shown["math"]


def test_the_face_of_formulas_has_their_characters_and_the_root_sign() -> None:
    assert shown_in_formulas("<p>語<math><mi>d</mi></math></p>") == {"d"}
    assert shown_in_formulas("<math><msqrt><mi>d</mi></msqrt></math>") == {"d", "√"}
