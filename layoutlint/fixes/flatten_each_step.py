"""``flatten-each-step``: a recurrent layer that gets maps of every step gets them flattened, step by step.

Unsafe: the author may have wanted to pool where this flattens.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import imported_names
from layoutlint.fixes.edits import Edit, NotFixableError
from layoutlint.fixes.layer_before import before
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

WRAPPERS = ("Bidirectional",)


def fix(source: Source, finding: Finding) -> Edit:
    """``LSTM(32)`` → ``TimeDistributed(Flatten()), LSTM(32)``."""
    layer = finding.repair.layer if finding.repair is not None else None
    if layer is None:
        raise NotFixableError("the layer is not known")
    made = _outermost(source, source.call(layer.location))
    around, of_wrapper = imported_names.beside(source, made.func, "TimeDistributed")
    flatten, imports = imported_names.beside(source, made.func, "Flatten")
    if of_wrapper:
        raise NotFixableError("TimeDistributed is not imported")
    added = cst.Call(around, [cst.Arg(cst.Call(flatten))])
    return Edit((*before(source, made, added), *imports))


def _outermost(source: Source, made: cst.Call) -> cst.Call:
    """Return the wrapper of a layer, ``Bidirectional(LSTM(32))``, or the layer itself."""
    argument = source.parent(made)
    wrapper = source.parent(argument) if isinstance(argument, cst.Arg) else None
    name = wrapper.func if isinstance(wrapper, cst.Call) else None
    if isinstance(name, cst.Attribute):
        name = name.attr
    is_wrapper = isinstance(name, cst.Name) and name.value in WRAPPERS
    return wrapper if is_wrapper and isinstance(wrapper, cst.Call) else made
