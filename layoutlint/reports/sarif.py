"""SARIF 2.1.0, which code scanning takes:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

A layer of a saved model is a logical location, and so is the cell of a notebook: the lines of its file are
not those of its cells.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from layoutlint import __version__
from layoutlint.model import project
from layoutlint.model.findings import Confidence, Coverage, Finding, Report
from layoutlint.model.origins import Location
from layoutlint.reports.addresses import has_lines, is_file, path_of, public_page, safe_edits, uri
from layoutlint.reports.json_format import dumps
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.fingerprints import numbered
from layoutlint.run.scenes import Scenes

if TYPE_CHECKING:
    from layoutlint.reports.rule_page import Page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PRECISION = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return the log as text that ends with a newline."""
    names = sorted({finding.rule for finding in report.findings})
    known = list(numbered(report.findings, os.getcwd()))  # noqa: PTH109
    run = {
        "tool": {
            "driver": {
                "name": "layoutlint",
                "semanticVersion": __version__,
                **({"informationUri": project.SITE} if project.SITE else {}),
                "rules": [_rule(name, report, scenes) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [
            _result(finding, names.index(finding.rule), known_as, scenes)
            for finding, known_as in zip(report.findings, known, strict=True)
        ],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, report: Report, scenes: Scenes) -> dict[str, Any]:
    """Return the description of a rule, with its page as help."""
    own = [finding for finding in report.findings if finding.rule == name]
    rule: dict[str, Any] = {
        "id": name,
        "defaultConfiguration": {"level": str(max(finding.severity for finding in own))},
        "properties": {"precision": PRECISION[max(finding.confidence for finding in own)], "tags": ["keras"]},
    }
    address = public_page(scenes, name)
    if address is not None:
        rule["helpUri"] = address
    page = _page(name, scenes)
    if page is not None:
        rule["properties"]["tags"].append(page.group)
        rule |= {
            "shortDescription": {"text": page.summary},
            "help": {"text": page.text, "markdown": page.text},
        }
    return rule


def _page(name: str, scenes: Scenes) -> Page | None:
    """Return the page of a rule; None where its file is not known."""
    from layoutlint.engine.rules import load
    from layoutlint.reports.rule_page import UNUSED_SUPPRESSION, page

    if name == UNUSED_SUPPRESSION.name:
        return UNUSED_SUPPRESSION
    file = scenes.pages.get(name)
    return None if file is None else page(load(file))


def _invocation(report: Report) -> dict[str, Any]:
    """Tell whether everything could be read; what could not be is a notification."""
    told = [_notification(coverage, reason) for coverage in report.inputs for reason in coverage.failures]
    return {"executionSuccessful": not told, "toolExecutionNotifications": told}


def _notification(coverage: Coverage, reason: str) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": reason},
        "locations": [_location(Location(coverage.path))],
    }


def _result(finding: Finding, index: int, known_as: str, scenes: Scenes) -> dict[str, Any]:
    tip = f"\n\n{finding.tip}" if finding.tip else ""
    properties = {
        "confidence": str(finding.confidence),
        "interpretation": finding.interpretation,
        "conditions": list(finding.conditions),
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": str(finding.severity),
        "message": {"text": f"{finding.message}{tip}"},
        "locations": [_location(finding.location)],
        "partialFingerprints": {"layoutlint/v1": known_as},
        "properties": {name: value for name, value in properties.items() if value},
    }
    if finding.evidence:
        result["relatedLocations"] = [
            _location(witness.location) | {"id": number, "message": {"text": witness.message}}
            for number, witness in enumerate(finding.evidence, start=1)
        ]
    replacements = [
        {"deletedRegion": _region(edit.location), "insertedContent": {"text": edit.text}}
        for edit in safe_edits(finding, scenes)
    ]
    if replacements:
        change = {"artifactLocation": _artifact(finding.location), "replacements": replacements}
        result["fixes"] = [{"description": {"text": finding.tip or "fix"}, "artifactChanges": [change]}]
    return result


def _location(place: Location) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if is_file(place.path):
        location["physicalLocation"] = {"artifactLocation": _artifact(place)}
        if has_lines(place):
            location["physicalLocation"]["region"] = _region(place)
    logical = _logical(place)
    return location | ({"logicalLocations": [logical]} if logical else {})


def _logical(place: Location) -> Mapping[str, Any] | None:
    """Return a layer of a saved model, or the cell of a notebook."""
    if place.layer:
        name = place.layer.rsplit("/", 1)[-1]
        return {"name": name, "fullyQualifiedName": place.layer, "kind": "object"}
    if place.cell is not None:
        whole = f"cell {place.cell}:{place.line}:{place.column}"
        return {"name": f"cell {place.cell}", "fullyQualifiedName": whole, "kind": "module"}
    return None if is_file(place.path) else {"name": place.path, "kind": "module"}


def _artifact(place: Location) -> dict[str, Any]:
    return {"uri": uri(path_of(place))}


def _region(place: Location) -> dict[str, Any]:
    numbers = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: number for name, number in numbers.items() if number is not None}
