"""``match-samples``: data and targets of the same samples, where it is plain which these are.

They are those of the same part of a split, by their names or by the order in which ``train_test_split``
returns the parts; else the first ones of the longer array, if only a few are left over. Unsafe: the samples
that are left over may be the first ones.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes.add_sample_axis import operand
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Repair

FEW = 10
"""One in so many samples may be left over."""

PARTS = ("train", "test", "valid", "val", "dev")
CUT = "check that the samples that are left over are the last ones"


def fix(source: Source, finding: Finding) -> Edit:
    """``fit(X_train, y_test)`` → ``fit(X_train, y_train)``, ``fit(X, y)`` → ``fit(X[:len(y)], y)``."""
    repair = finding.repair
    if repair is None or len(repair.others) != 1:
        raise NotFixableError("the targets are not written in this file")
    data, targets = source.expression(finding.location), source.expression(repair.others[0])
    edit = (
        _in_order(source, data, targets)
        or _of_same_part(source, data, targets)
        or _cut(source, data, targets, repair)
    )
    if edit is None:
        raise NotFixableError("it is not clear which samples belong together")
    return edit


def _in_order(source: Source, data: cst.BaseExpression, targets: cst.BaseExpression) -> Edit | None:
    """Bring ``a, b, c, d = train_test_split(X, y)`` into its order: it returns both parts of X first."""
    for statement in source.unpacked:
        target, value = statement.targets[0].target, statement.value
        if not isinstance(target, cst.Tuple) or len(target.elements) != 4 or not isinstance(value, cst.Call):
            continue
        split = value.func.attr if isinstance(value.func, cst.Attribute) else value.func
        if not isinstance(split, cst.Name) or split.value != "train_test_split":
            continue
        names = [element.value for element in target.elements]
        if names[0].deep_equals(data) and names[1].deep_equals(targets):
            moved = [
                element.with_changes(value=names[origin])
                for element, origin in zip(target.elements, (0, 2, 1, 3), strict=True)
            ]
            return Edit((Change(target, target.with_changes(elements=moved)),))
    return None


def _of_same_part(source: Source, data: cst.BaseExpression, targets: cst.BaseExpression) -> Edit | None:
    """``y_train`` for ``y_test`` beside ``X_train``."""
    if not isinstance(data, cst.Name) or not isinstance(targets, cst.Name):
        return None
    wanted, given = _part(data.value), _part(targets.value)
    if not wanted or not given or wanted == given:
        return None
    named = targets.value.replace(given, wanted)
    if named not in source.bound:
        raise NotFixableError(f"there is no {named}")
    return Edit((Change(targets, targets.with_changes(value=named)),))


def _part(name: str) -> str:
    return next((part for part in PARTS if part in name), "")


def _cut(
    source: Source, data: cst.BaseExpression, targets: cst.BaseExpression, repair: Repair
) -> Edit | None:
    counts = dict(repair.sizes)
    many, wanted = counts.get("data"), counts.get("targets")
    if many is None or wanted is None or abs(many - wanted) * FEW > max(many, wanted):
        return None
    longer, shorter = (data, targets) if many > wanted else (targets, data)
    cut = f"{source.code(operand(longer))}[:len({source.code(shorter)})]"
    return Edit((Change(longer, cst.parse_expression(cut, source.module.config_for_parsing)),), note=CUT)
