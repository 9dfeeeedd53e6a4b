from collections import defaultdict
from unittest.mock import Mock

import faces


def test_the_sign_of_a_root_is_in_the_face() -> None:
    """The browser draws it for `<msqrt>`; it stands in no text."""
    shown: faces.Shown = defaultdict(set)
    page = {"body": "<p>√2</p><math><msqrt><mi>x</mi></msqrt></math>", "title": "", "docstitle": ""}
    faces.collect(shown, Mock(), "page", "page.html", page, None)
    assert shown["math"] == {"√", "x"}
