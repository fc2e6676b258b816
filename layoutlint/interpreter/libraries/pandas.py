"""pandas: tables as far as programs feed models from them.

What is known of a table is in ``pandas_tables``, new ones are made in ``pandas_reading``, parts are taken in
``pandas_parts``; methods are in ``pandas_methods``, operators in ``pandas_arithmetic``, groups in
``pandas_groups``.
"""

from __future__ import annotations

from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.libraries import pandas_methods as methods
from layoutlint.interpreter.libraries import pandas_parts as parts
from layoutlint.interpreter.libraries.pandas_arithmetic import operator
from layoutlint.interpreter.libraries.pandas_reading import FUNCTIONS
from layoutlint.interpreter.libraries.pandas_tables import FRAME, INDEX, SERIES, computed, give_name

_TABLE = Kind(
    give_name=give_name,
    method=methods.method,
    attribute=methods.attribute,
    item=parts.item,
    items=parts.items,
    operator=operator,
    computed=computed,
    set_item=parts.set_item,
    set_attribute=methods.set_attribute,
)

LIBRARY = Library(
    "pandas",
    functions=FUNCTIONS,
    kinds={
        FRAME: _TABLE,
        SERIES: _TABLE,
        INDEX: Kind(
            method=methods.index_method,
            attribute=methods.index_attribute,
            item=parts.index_item,
            items=parts.items,
            operator=operator,
        ),
        methods.WINDOW: Kind(method=methods.of_window, item=methods.item_of_window),
        methods.POSITIONS: Kind(item=parts.by_position, set_item=parts.set_by_position),
        methods.LABELS: Kind(item=parts.by_label, set_item=parts.set_by_label),
    },
)
