"""The different values of a column: ``df.city.nunique()``, ``df.city.unique()``, ``df.city.cat.codes``.

Source: "Categorical data", https://pandas.pydata.org/docs/user_guide/categorical.html. A missing value has
the code -1; of that nothing is claimed.
"""

from __future__ import annotations

from typing import Final

from layoutlint.inference.different import different
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.interpreter.libraries.pandas_tables import index, series, shape_of
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.sizes import Size, unknown_size

CATEGORIES: Final = "pandas.cat"


def _count(site: Site, column: LibraryObject) -> Size:
    return unknown_size(site.origin) if column.array is None else different(column.array)


def number_of_values(site: Site, column: LibraryObject, arguments: Arguments) -> Value:
    """Return ``column.nunique()``; with an argument that says what counts, an unknown number."""
    if arguments.positional or arguments.keywords:
        return unknown_size(site.origin)
    return _count(site, column)


def unique(site: Site, column: LibraryObject, arguments: Arguments) -> Value:
    """Return ``column.unique()``."""
    return Tensor(Shape.of(_count(site, column)), None, site.origin)


def categories_of(site: Site, column: LibraryObject) -> LibraryObject:
    """Return what ``.cat`` of a column gives."""
    return LibraryObject(CATEGORIES, site.origin, site.journal.born({"table": column}))


def _attribute(site: Site, categories: LibraryObject, name: str) -> Value | None:
    column = categories.state.get("table")
    if not isinstance(column, LibraryObject):
        return None
    match name:
        case "codes":
            made = series(site, shape_of(column)[0])
            labels = Labels(_count(site, column))
            made.state["array"] = Tensor(shape_of(made), None, site.origin, labels=labels)
            return made
        case "categories":
            return index(site, _count(site, column))
        case _:
            return None


LIBRARY = Library("pandas_categories", kinds={CATEGORIES: Kind(attribute=_attribute)})
