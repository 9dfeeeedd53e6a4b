"""Numbers from the cells of a page to its prose."""


def glue(name: str, value: object) -> None:
    """Give `value` a name for the prose around the cell, which says {glue:text}`name`.

    Nothing is shown in a notebook. This is myst-nb's own format of a glued output
    (https://myst-nb.readthedocs.io/en/latest/render/glue.html); myst-nb itself, with
    all of Sphinx, need not be there where a reader runs a page.
    """
    from IPython.display import display

    value = getattr(value, "item", lambda: value)()  # NumPy's and PyTorch's numbers as Python's
    prefix = "application/papermill.record/"
    display(
        {f"{prefix}text/plain": repr(value)},  # myst-nb reads it as a literal
        raw=True,
        metadata={"scrapbook": {"name": name, "mime_prefix": prefix}},
    )
