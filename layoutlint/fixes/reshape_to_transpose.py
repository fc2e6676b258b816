"""``reshape-to-transpose``: a reshape that was meant to move axes becomes the transpose that moves them.

Unsafe: the values stand elsewhere afterwards, and that is the point.
"""

from __future__ import annotations

from itertools import permutations

import libcst as cst

from layoutlint.fixes import call_arguments, imported_names
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Sizes

MODULE_NAMES = {"reshape": "transpose", "Reshape": "Permute"}
BACKENDS = ("K", "backend")
"""The names of Keras's backend module, whose ``transpose`` takes no order of axes."""


def fix(source: Source, finding: Finding) -> Edit:
    """``x.reshape(n, 3, 32, 32)`` of (n, 32, 32, 3) → ``x.transpose(0, 3, 1, 2)``."""
    layer = finding.repair.layer if finding.repair is not None else None
    if layer is None:
        raise NotFixableError("it is not a reshape")
    call = source.call(layer.location)
    order = _written_order(source, call)
    if order is None:
        if layer.before is None or layer.after is None:
            raise NotFixableError("the shapes before and after it are not known")
        order = permutation(layer.before, layer.after)
    shown = ", ".join(map(str, order[1:] if layer.name == "Reshape" else order))
    name = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    if not isinstance(name, cst.Name) or name.value not in MODULE_NAMES:
        raise NotFixableError(f"{source.code(call.func)} is an alias of the program")
    other = MODULE_NAMES[name.value]
    if isinstance(call.func, cst.Attribute) and source.code(call.func.value).split(".")[-1] in BACKENDS:
        other = "permute_dimensions"
    changes = []
    if isinstance(call.func, cst.Attribute):
        func: cst.BaseExpression = call.func.with_changes(attr=cst.Name(other))
    else:
        func = cst.Name(other)
        if other not in source.imported:
            added = imported_names.import_beside(source, name.value, other)
            if added is None:
                raise NotFixableError(f"{other} is not imported here")
            changes.append(added)
    args = _arguments(source, call, shown, layer.name == "Reshape")
    changes.append(Change(call, call.with_changes(func=func, args=args)))
    return Edit(tuple(changes), None, "the values change their order: train from scratch")


def permutation(before: Sizes, after: Sizes) -> tuple[int, ...]:
    """Return the order of axes that makes one shape of another; the batch stays, and axes of one size stay in
    order.

    Raises NotFixableError where there is none.
    """
    if len(before) != len(after) or len(before) > 6:
        raise NotFixableError("a transpose keeps the number of axes, this reshape does not")
    rest = range(1, len(before))
    for order in permutations(rest):
        fits = all(before[origin] == after[place] for place, origin in zip(rest, order, strict=True))
        if fits and order != tuple(rest):
            # the first in this order leaves axes of one size as they follow each other
            return (0, *order)
    raise NotFixableError("the target position of an axis is ambiguous")


def _written_order(source: Source, call: cst.Call) -> tuple[int, ...] | None:
    """Return the order that a target of ``x.shape[0], x.shape[2], x.shape[1]`` says, for a
    reshape of ``x``.
    """
    if call_arguments.is_method(source, call):
        assert isinstance(call.func, cst.Attribute)
        array, target = call.func.value, [arg.value for arg in call.args if arg.keyword is None]
    else:
        positional = [arg.value for arg in call.args if arg.keyword is None]
        array, target = (positional[0], positional[1:]) if positional else (call, [])
    if len(target) == 1 and isinstance(target[0], cst.Tuple | cst.List):
        target = [element.value for element in target[0].elements]
    text = [source.code(node).replace(" ", "") for node in target]
    axes = [f"{source.code(array)}.shape[{axis}]" for axis in range(len(text))]
    if len(text) < 3 or sorted(text) != sorted(axes) or text[0] != axes[0]:
        return None
    return tuple(axes.index(part) for part in text)


def _arguments(source: Source, call: cst.Call, shown: str, is_layer: bool) -> list[cst.Arg]:
    if any(arg.star for arg in call.args):
        raise NotFixableError(f"the target of {source.code(call)} is not written axis by axis")
    target = {"name", "input_shape", "batch_input_shape"} if is_layer else set()
    positional = [arg for arg in call.args if arg.keyword is None]
    further = [arg for arg in call.args if arg.keyword is not None and arg.keyword.value in target]
    unknown = [
        arg.keyword.value
        for arg in call.args
        if arg.keyword is not None
        and arg not in further
        and arg.keyword.value not in call_arguments.TARGET_KEYWORDS
    ]
    if unknown:
        raise NotFixableError(f"the reshape has an argument {unknown[0]}, which transpose does not have")
    tuple_of_axes = cst.parse_expression(f"({shown})")
    if call_arguments.is_method(source, call):
        return list(cst.ensure_type(cst.parse_expression(f"f({shown})"), cst.Call).args)
    if is_layer:
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        return [cst.Arg(tuple_of_axes, comma=comma if further else cst.MaybeSentinel.DEFAULT), *further]
    if not positional:
        raise NotFixableError(f"the array of {source.code(call)} is given by name")
    if len(positional) > 2:
        raise NotFixableError(f"{source.code(call)} has more arguments than a transpose takes")
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    first = positional[0] if len(call.args) > 1 else positional[0].with_changes(comma=comma)
    return [
        first,
        call.args[-1].with_changes(value=tuple_of_axes, keyword=None, equal=cst.MaybeSentinel.DEFAULT),
    ]
