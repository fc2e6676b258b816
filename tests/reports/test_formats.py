"""Every output format of one report: its snapshot, and what its readers require of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attr
import jsonschema
import pytest
import sarif_om

from layoutlint.model.findings import Confidence, Finding, Report, Severity
from layoutlint.model.origins import Location
from layoutlint.reports import github
from layoutlint.reports.addresses import path_of
from layoutlint.reports.formats import CHECK, render
from layoutlint.reports.style import PLAIN
from layoutlint.run.scenes import Scenes
from tests.reports.sample import IN_SOURCE, REPORT, SOURCE, scenes

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rendered(name: str) -> str:
    return render(name, REPORT, scenes(), PLAIN)


@pytest.mark.parametrize("name", CHECK)
def test_snapshot(name: str) -> None:
    """Write the snapshots anew with ``LAYOUTLINT_SNAPSHOTS=write``, and read the difference."""
    file = SNAPSHOTS / f"{name}.txt"
    text = re.sub(r'"(text|markdown)": "[^"\\]*\\n\\n.*"', r'"\1": "the page of the rule"', rendered(name))
    if os.environ.get("LAYOUTLINT_SNAPSHOTS") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), f"no {file.name}: run LAYOUTLINT_SNAPSHOTS=write python -m pytest {Path(__file__)}"
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", CHECK)
def test_a_report_without_findings(name: str) -> None:
    assert "conv-single-step" not in render(name, Report(), Scenes(), PLAIN)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a.py", "a.py"),
        ("./sub/../a.py", "a.py"),
        ("..data/a.py", "..data/a.py"),
        ("...py", "...py"),
        ("../a.py", None),
        ("..", None),
        ("<string>", "<string>"),
    ],
)
def test_a_path_is_one_below_the_folder_or_absolute(path: str, shown: str | None) -> None:
    assert path_of(Location(path, 1, 1)) == (str(Path(path).resolve()) if shown is None else shown)


# concise --------------------------------------------------------------------------------------------


def test_concise_is_what_problem_matchers_take() -> None:
    first, notebook, *_ = rendered("concise").splitlines()
    matched = re.fullmatch(r"(.+?):(\d+):(\d+): (error|warning|note)\[([a-z-]+)\] (.+)", first)
    assert matched is not None
    assert matched.groups()[:5] == ("src/train, 100%.py", "5", "40", "warning", "conv-single-step")
    assert notebook.startswith("a.ipynb:cell 2:3:1: error[refused-call] Keras refuses this: two\\nlines")


# SARIF ----------------------------------------------------------------------------------------------

CHILDREN = {
    "tool": "Tool",
    "driver": "ToolComponent",
    "rules": "ReportingDescriptor",
    "defaultConfiguration": "ReportingConfiguration",
    "shortDescription": "MultiformatMessageString",
    "fullDescription": "MultiformatMessageString",
    "help": "MultiformatMessageString",
    "invocations": "Invocation",
    "toolExecutionNotifications": "Notification",
    "message": "Message",
    "results": "Result",
    "locations": "Location",
    "relatedLocations": "Location",
    "physicalLocation": "PhysicalLocation",
    "logicalLocations": "LogicalLocation",
    "artifactLocation": "ArtifactLocation",
    "region": "Region",
    "deletedRegion": "Region",
    "fixes": "Fix",
    "description": "Message",
    "artifactChanges": "ArtifactChange",
    "replacements": "Replacement",
    "insertedContent": "ArtifactContent",
    "runs": "Run",
}
"""The class of sarif-om, which is generated from the schema, for each property that holds objects."""

FREE = {"properties", "partialFingerprints"}
LEVELS = {"none", "note", "warning", "error"}


def mistakes(value: Any, class_name: str, path: str = "") -> Iterator[str]:
    """Properties that the schema does not have, and those that it requires and that are missing."""
    fields = {
        field.metadata.get("schema_property_name", field.name): field
        for field in attr.fields(getattr(sarif_om, class_name))
    }
    for name, field in fields.items():
        if field.default is attr.NOTHING and name not in value:
            yield f"{path}: {name} is missing"
    for name, inner in value.items():
        if name not in fields and name != "$schema":
            yield f"{path}: {class_name} has no property {name}"
        elif name not in FREE and isinstance(inner, dict):
            yield from mistakes(inner, CHILDREN[name], f"{path}/{name}")
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            for number, item in enumerate(inner):
                yield from mistakes(item, CHILDREN[name], f"{path}/{name}/{number}")


def test_sarif_has_the_properties_of_the_schema() -> None:
    log = json.loads(rendered("sarif"))
    assert list(mistakes(log, "SarifLog")) == []
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert {result["level"] for result in run["results"]} <= LEVELS
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    known = [result["partialFingerprints"]["layoutlint/v1"] for result in run["results"]]
    assert len(set(known)) == len(known)


def test_sarif_says_where() -> None:
    source, notebook, model, stdin = json.loads(rendered("sarif"))["runs"][0]["results"]
    place = source["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "src/train%2C%20100%25.py"}
    assert place["region"] == {"startLine": 5, "startColumn": 40, "endLine": 5, "endColumn": 86}
    assert [related["message"]["text"] for related in source["relatedLocations"]] == [
        "input_shape=(1, 8000) is declared here",
        "the rows are signals",
    ]
    assert source["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 4, "startColumn": 10, "endLine": 4, "endColumn": 17},
            "insertedContent": {"text": "8000, 1"},
        }
    ]
    # the lines of a notebook's file are not those of its cells
    assert "region" not in notebook["locations"][0]["physicalLocation"]
    assert notebook["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "cell 2:3:1"
    assert model["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "encoder/lstm"
    assert "physicalLocation" not in stdin["locations"][0]


def test_sarif_tells_the_page_of_a_rule_and_what_could_not_be_read() -> None:
    (run,) = json.loads(rendered("sarif"))["runs"]
    help_texts = {rule["id"]: rule.get("help") for rule in run["tool"]["driver"]["rules"]}
    assert "## Why it is a mistake" in help_texts["conv-single-step"]["markdown"]
    assert "# expect:" not in help_texts["conv-single-step"]["markdown"]
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert [told["message"]["text"] for told in invocation["toolExecutionNotifications"]] == [
        "cell 3, line 1: bad",
        "does not exist",
    ]


# GitLab ---------------------------------------------------------------------------------------------

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""From the table of required fields in GitLab's documentation of code quality reports."""


def test_gitlab_has_the_required_fields() -> None:
    issues = json.loads(rendered("gitlab"))
    jsonschema.validate(issues, CODE_QUALITY)
    assert len({issue["fingerprint"] for issue in issues}) == len(REPORT.findings)


# JUnit ----------------------------------------------------------------------------------------------


def test_junit_counts_what_it_holds() -> None:
    root = ElementTree.fromstring(rendered("junit").encode())
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        cases = suite.findall("testcase")
        assert len(cases) == len(suite) == int(suite.attrib["tests"])
        assert all(case.attrib["name"] and case.attrib["classname"] for case in cases)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert len(suite.findall(f"testcase/{tag}")) == int(suite.attrib[name])
    assert {name: int(root.attrib[name]) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": 8,
        "failures": 3,
        "errors": 2,
        "skipped": 1,
    }


def test_junit_is_well_formed_whatever_a_name_holds() -> None:
    place = Location("a\x00b\udcff.py", 1, 1, 1, 2)
    found = Finding("x", Severity.ERROR, Confidence.HIGH, "<&\x1b]]>", place)
    text = render("junit", Report([found], severe={("x", place)}), Scenes(), PLAIN)
    (failure,) = ElementTree.fromstring(text.encode()).iter("failure")
    assert failure.attrib["message"] == "<&\N{REPLACEMENT CHARACTER}]]>"


# GitHub ---------------------------------------------------------------------------------------------


def test_workflow_commands_are_escaped() -> None:
    lines = rendered("github").splitlines()
    assert all(re.fullmatch(r"::(error|warning|notice) [^:\n]*::.*", line) for line in lines)
    assert lines[:2] == [
        "::error file=a.ipynb,title=layoutlint::cell 3, line 1: bad",
        "::error file=gone.py,title=layoutlint::does not exist",
    ]
    assert lines[2].startswith("::warning file=src/train%2C 100%25.py,line=5,endLine=5,col=40,endColumn=86,")
    assert (
        lines[3] == "::error file=a.ipynb,title=refused-call::cell 2, line 3: Keras refuses this: two\\nlines"
    )
    assert lines[5].startswith("::notice title=unused-suppression::")


@pytest.mark.parametrize(
    ("count", "annotations", "notices"), [(0, 0, 0), (10, 10, 0), (11, 10, 1), (300, 10, 1)]
)
def test_beside_the_text_there_are_at_most_ten(count: int, annotations: int, notices: int) -> None:
    lines = github.beside_the_text(Report([IN_SOURCE] * count)).splitlines()
    assert sum(line.startswith("::warning") for line in lines) == annotations
    assert sum(line.startswith("::notice") for line in lines) == notices


# rdjson ---------------------------------------------------------------------------------------------


def test_rdjson_counts_bytes() -> None:
    diagnostic = json.loads(rendered("rdjson"))["diagnostics"][0]
    line = SOURCE.splitlines()[4]
    start = diagnostic["location"]["range"]["start"]["column"]
    end = diagnostic["location"]["range"]["end"]["column"]
    assert line.encode()[start - 1 : end - 1].decode() == line[39:85]
    assert diagnostic["suggestions"][0]["text"] == "8000, 1"


# JSON -----------------------------------------------------------------------------------------------


def test_json_lines_are_the_entries_of_the_document() -> None:
    document = json.loads(rendered("json"))
    entries = [json.loads(line) for line in rendered("json-lines").splitlines()]
    assert [entry.pop("entry") for entry in entries] == ["finding"] * 4 + ["input"] * 7
    assert entries == [*document["findings"], *document["inputs"]]


def test_each_format_is_one_module() -> None:
    modules = [chosen.module for chosen in CHECK.values()]
    assert len(set(modules)) == len(modules)
    for module in modules:
        assert callable(import_module(f"layoutlint.reports.{module}").render)
