"""``set-units``: the last layer has one unit for each value of the targets, and the loss that goes with them.

Unsafe: the author may as well have prepared the targets wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from layoutlint.fixes import call_arguments, loss_changes
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import ANSWERING, Finding, Repair

BINARY = "binary_crossentropy"
CROSSENTROPIES = {"one-hot": "categorical_crossentropy", "numbers": "sparse_categorical_crossentropy"}


def fix(source: Source, finding: Finding) -> Edit:
    """``Dense(3, activation="softmax")`` → ``Dense(10, activation="softmax")``, and with one class or many
    where there was the other: ``"sigmoid"`` → ``"softmax"`` and the loss, or the other way round.
    """
    repair = finding.repair
    units = dict(repair.sizes).get("units") if repair is not None else None
    if repair is None or repair.layer is None or units is None:
        raise NotFixableError("the number of values that the targets have is not known")
    call = source.call(repair.layer.location)
    new = call_arguments.with_argument(source, call, ANSWERING.get(repair.layer.name, "units"), 0, units)
    loss = _loss(repair, units)
    if units == 1:
        new = _with_activation(new, "softmax", "sigmoid")
    elif loss is not None:
        new = _with_activation(new, "sigmoid", "softmax")
    return Edit((Change(call, new), *_losses(source, repair, loss)))


def _loss(repair: Repair, units: int) -> str | None:
    """Return the loss that the targets need instead: one unit or several for one label are two kinds of
    losses.
    """
    had = repair.layer.after if repair.layer is not None else None
    if repair.loss is None or repair.loss.name != BINARY or repair.labels is None:
        return None
    return CROSSENTROPIES[repair.labels] if units > 1 and had is not None and had[-1] == 1 else None


def _losses(source: Source, repair: Repair, loss: str | None) -> Iterator[Change]:
    if loss is not None and repair.loss is not None:
        yield loss_changes.replaced(source, source.expression(repair.loss.location), repair.loss.name, loss)


def _with_activation(call: cst.Call, before: str, after: str) -> cst.Call:
    """Return the call with another activation, if it has this one as a text."""
    args = []
    for arg in call.args:
        value = arg.value
        if isinstance(value, cst.SimpleString) and value.evaluated_value == before:
            arg = arg.with_changes(value=value.with_changes(value=value.value.replace(before, after)))
        args.append(arg)
    return call.with_changes(args=args)
