"""``swap-input-axes``: the first axis of a sample goes to the end.

``(1, 8000)`` becomes ``(8000, 1)`` and ``(3, 224, 224)`` becomes ``(224, 224, 3)``: in the Reshape or the new
axis before the layer, or in the shape as it was written and in the reshapes of the arrays that have it. An
axis of 1 moves in the reshape itself; any other is moved by a transpose behind it, since a reshape would mix
the values.

Unsafe: the model reads other shapes afterwards, and computes something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from layoutlint.fixes import call_arguments, literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Passage, Repair

BATCHED = ("batch_shape", "batch_input_shape")
DATA = "data loaded elsewhere must have the same order of axes: use np.transpose"


def fix(source: Source, finding: Finding) -> Edit:
    """Move the axis where it was put in its place."""
    repair = finding.repair
    if repair is None or repair.layer is None or repair.layer.before is None or len(repair.layer.before) < 3:
        raise NotFixableError("the shape that the layer reads is not known")
    sizes = repair.layer.before
    expects = (sizes[0], *sizes[2:], sizes[1])
    moving = next(filter(_moves, repair.way), None)
    if moving is not None:
        if moving.after is None or moving.after[1:] != sizes[1:]:
            raise NotFixableError("the axes are moved more than once before the layer")
        return Edit((_moved_in_call(source, moving),), expects)
    if repair.declared is None:
        raise NotFixableError("the shape is not written in this file")
    arrays = list(_arrays(source, repair))
    changes = [change for _, change in arrays]
    renamed = frozenset(name for name, _ in arrays if name)
    changes += _declaration(source, repair, len(sizes) - 1, renamed)
    if not changes:
        raise NotFixableError("the shape is not written axis by axis")
    return Edit(tuple(changes), expects, None if arrays else DATA)


def offset(repair: Repair) -> int:
    """Return the place of the first axis of a sample in the shape as it was written."""
    return int(repair.argument in BATCHED)


def _moves(step: Passage) -> bool:
    """Tell whether a step changes the axes of a sample; one that joins several inputs keeps them."""
    return step.after is None or (step.before is not None and step.before[1:] != step.after[1:])


def _declaration(source: Source, repair: Repair, rank: int, renamed: frozenset[str]) -> Iterator[Change]:
    """Yield the written shape with its first axis at the end; ``X.shape[2]`` follows an ``X`` that has
    changed.
    """
    assert repair.declared is not None
    node = source.expression(repair.declared.location)
    if _array_of(node) in renamed:
        return  # X.shape[1:] says what X is
    found = literal_sequences.written(source, node)
    first = offset(repair)
    if len(found.elements) != rank + first:
        raise NotFixableError(f"the shape is written as {source.code(found)}, not axis by axis")
    order = [*range(first), *range(first + 1, first + rank), first]
    new = literal_sequences.turned(found, order)
    elements = [
        element.with_changes(value=_renumbered(element.value, renamed, rank)) for element in new.elements
    ]
    new = new.with_changes(elements=elements)
    if source.code(new) != source.code(found):
        yield Change(found, new)


def _array_of(node: cst.BaseExpression) -> str | None:
    """``X`` of ``X.shape[…]``."""
    if isinstance(node, cst.Subscript):
        node = node.value
    if isinstance(node, cst.Attribute) and node.attr.value == "shape" and isinstance(node.value, cst.Name):
        return node.value.value
    return None


def _renumbered(node: cst.BaseExpression, renamed: frozenset[str], rank: int) -> cst.BaseExpression:
    """``X.shape[2]`` with the number that the axis has once the first one stands last."""
    if not isinstance(node, cst.Subscript) or _array_of(node) not in renamed or len(node.slice) != 1:
        return node
    index = node.slice[0].slice
    if not isinstance(index, cst.Index) or not isinstance(index.value, cst.Integer):
        return node
    old = int(index.value.value)
    if not 1 <= old <= rank:
        return node
    number = cst.Integer(str(rank if old == 1 else old - 1))
    return node.with_changes(slice=[node.slice[0].with_changes(slice=index.with_changes(value=number))])


def _arrays(source: Source, repair: Repair) -> Iterator[tuple[str, Change]]:
    """Yield the reshapes of arrays that have the declared shape, changed, with the names that they are bound
    to.
    """
    for step in repair.arrays:
        if step.location.path != source.path:
            continue
        change = _moved_in_call(source, step)
        node = source.expression(step.location)
        names = [name for name, value in source.assignments if value is node]
        yield (names[0] if names else "", change)


def _moved_in_call(source: Source, step: Passage) -> Change:
    """Return a reshape or a new axis, its first axis of a sample moved to the end."""
    if step.after is None:
        raise NotFixableError("the code that makes the shape is not known")
    node = source.expression(step.location)
    if isinstance(node, cst.Subscript):
        return Change(node, _new_axis_last(source, node, len(step.after)))
    call = source.call(step.location)
    if step.name == "expand_dims":
        return _expanded_last(source, call)
    if step.name not in ("reshape", "Reshape"):
        raise NotFixableError(f"{step.name} before the layer cannot be reversed")
    first = int(step.name == "reshape")
    count = len(step.after) - 1
    order = [*range(first), *range(first + 1, first + count), first]
    if step.after[1] == 1:

        def whole(slots: Sequence[object]) -> None:
            if len(slots) != len(order):
                raise NotFixableError(f"the target of {source.code(call)} is not written axis by axis")

        def in_literal(literal: literal_sequences.Literal) -> literal_sequences.Literal:
            whole(literal.elements)
            return literal_sequences.turned(literal, order)

        def in_arguments(args: Sequence[cst.Arg]) -> list[cst.Arg]:
            whole(args)
            return literal_sequences.reordered(args, order)

        return call_arguments.change_target(source, call, in_literal, in_arguments)
    if step.name == "Reshape" or not _is_numpy(source, call):
        raise NotFixableError(f"a reshape would mix the values, and no transpose can follow {step.name} here")
    axes = ", ".join(map(str, (0, *range(2, count + 1), 1)))
    turned = cst.ensure_type(cst.parse_expression(f"x.transpose({axes})"), cst.Call)
    func = cst.ensure_type(turned.func, cst.Attribute).with_changes(value=call)
    return Change(call, turned.with_changes(func=func))


def _is_numpy(source: Source, call: cst.Call) -> bool:
    return call_arguments.is_method(source, call) or source.code(call.func) in ("np.reshape", "numpy.reshape")


def _expanded_last(source: Source, call: cst.Call) -> Change:
    """``expand_dims(x, 1)`` → ``expand_dims(x, -1)``."""
    given = call_arguments.keyword(call, "axis")
    if given is None:
        positional = [arg for arg in call.args if arg.keyword is None]
        given = positional[1] if len(positional) > 1 and not any(arg.star for arg in call.args) else None
    if given is None or not isinstance(given.value, cst.Integer):
        raise NotFixableError(f"the axis of {source.code(call)} is not written as a number")
    return Change(given.value, cst.parse_expression("-1"))


def _new_axis_last(source: Source, node: cst.Subscript, rank: int) -> cst.Subscript:
    """``x[:, None, :]`` → ``x[:, :, None]``."""
    places = [place for place, element in enumerate(node.slice) if _is_new(element.slice)]
    if len(places) != 1 or places[0] != 1 or any(not _leaves_axis(element.slice) for element in node.slice):
        raise NotFixableError(f"{source.code(node)} does more than add an axis")
    written = ", ".join([*[":"] * (rank - 1), source.code(node.slice[1].slice)])
    new = cst.ensure_type(cst.parse_expression(f"x[{written}]"), cst.Subscript)
    return node.with_changes(slice=new.slice)


def _is_new(part: cst.BaseSlice) -> bool:
    if not isinstance(part, cst.Index):
        return False
    value = part.value
    name = value.attr if isinstance(value, cst.Attribute) else value
    return isinstance(name, cst.Name) and name.value in ("None", "newaxis")


def _leaves_axis(part: cst.BaseSlice) -> bool:
    whole = isinstance(part, cst.Slice) and part.lower is None and part.upper is None and part.step is None
    rest = isinstance(part, cst.Index) and isinstance(part.value, cst.Ellipsis)
    return whole or rest or _is_new(part)
