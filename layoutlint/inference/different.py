"""How many different values an array has, as a number that programs compute with: ``df.city.nunique()``.

Two ways to count the different values of the same array give the same symbol.
"""

from __future__ import annotations

from layoutlint.inference.labels import COLUMN, labels_of, way
from layoutlint.inference.spans import distinct, keeps_all
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Size, lasting_symbol, unknown_size


def different(tensor: Tensor) -> Size:
    """Return the number of different values: a number where the program writes them, else a symbol for it."""
    labels = labels_of(tensor)
    if labels is not None and labels.count is not None:
        return labels.count
    if (counted := distinct(tensor)) is not None:
        return counted
    *passed, root = way(tensor)
    if not all(step.producer is not None and keeps_all(step.producer) for step in passed):
        return unknown_size(tensor.origin)
    made = root.producer
    if made is None or made.layer.class_name != COLUMN:
        return lasting_symbol(f"{root.name or 'x'}.nunique()", id(root), "different", root.origin)
    key = str(made.layer.config["key"])
    return lasting_symbol(f"{key}.nunique()", id(made.input_tensors[0]), f"different {key}", root.origin)
