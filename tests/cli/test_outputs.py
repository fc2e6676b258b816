"""Where reports go: standard output, files, the annotations of a CI, streams of any encoding."""

from __future__ import annotations

import io
import json
import sys
from xml.etree import ElementTree

import pytest

from layoutlint.cli import main
from layoutlint.reports.formats import CHECK
from tests.cli.helpers import ERROR, RIGHT, WRONG


def test_files_beside_the_text(run):
    run.write("a.py", WRONG)
    result = run("check", "a.py", "--output", "json:a.json", "--output", "junit:b:c.xml")
    assert result.code == 1
    assert "warning[conv-single-step]" in result.out
    (found,) = json.loads((run.folder / "a.json").read_text())["findings"]
    assert found["rule"] == "conv-single-step"
    assert found["fix"]["edits"]
    assert ElementTree.parse(run.folder / "b:c.xml").getroot().attrib["failures"] == "1"


@pytest.mark.parametrize("name", CHECK)
def test_a_file_holds_what_standard_output_would(run, name):
    run.write("a.py", WRONG)
    out = run("check", "a.py", "--output-format", name).out
    run("check", "a.py", "--output", f"{name}:report")
    assert (run.folder / "report").read_text() == out


@pytest.mark.parametrize(
    ("source", "fail_on", "failures"),
    [
        (WRONG, "note", 1),
        (WRONG, "warning", 1),
        (WRONG, "error", 0),
        (ERROR, "error", 1),
        (f"{RIGHT}# layoutlint: ignore[conv-single-step]\n", "note", 1),
        (f"{RIGHT}# layoutlint: ignore[conv-single-step]\n", "warning", 0),
    ],
)
def test_junit_fails_where_the_exit_code_does(run, source, fail_on, failures):
    run.write("a.py", source)
    result = run("check", "a.py", "--output-format", "junit", "--fail-on", fail_on)
    root = ElementTree.fromstring(result.out)
    assert int(root.attrib["failures"]) == len(root.findall("*/testcase/failure")) == failures
    assert len(root.findall("*/testcase/system-out")) == 1 - failures
    assert result.code == failures


@pytest.mark.parametrize("given", ["json", "json:", ":a.json", "xml:a.xml", "a.json"])
def test_a_mistake_in_the_option(run, given):
    run.write("a.py", WRONG)
    result = run("check", "a.py", "--output", given)
    assert result.code == 2
    assert f"{given!r} is not FORMAT:FILE" in result.err


def test_a_file_that_cannot_be_written(run):
    run.write("a.py", RIGHT)
    result = run("check", "a.py", "--output", "json:no/such/folder/a.json")
    assert result.code == 2
    assert "no/such/folder/a.json cannot be written: " in result.err


VARIABLES = [
    ("LAYOUTLINT_OUTPUT_FORMAT", "concise", "a.py:4:11: warning[conv-single-step]", 1),
    ("LAYOUTLINT_IGNORE", "conv-single-step,refused-call", "no findings", 0),
    ("LAYOUTLINT_IGNORE", "conv-single-step refused-call", "no findings", 0),
    ("LAYOUTLINT_FAIL_ON", "error", "1 finding", 0),
    ("LAYOUTLINT_FAIL_ON", "fatal", "", 2),
    ("LAYOUTLINT_OUTPUT", "json:a.json", "1 finding", 1),
]


@pytest.mark.parametrize(("name", "value", "said", "code"), VARIABLES)
def test_an_option_has_a_variable(run, name, value, said, code):
    run.write("a.py", WRONG)
    run.monkeypatch.setenv(name, value)
    result = run("check", "a.py")
    assert result.code == code
    assert said in result.out


def test_an_option_overrules_its_variable(run):
    run.write("a.py", WRONG)
    run.monkeypatch.setenv("LAYOUTLINT_OUTPUT_FORMAT", "json")
    assert run("check", "a.py", "--output-format", "concise").out.startswith("a.py:4:11")
    assert run("show", "a.py").json["version"] == 1


@pytest.mark.parametrize(
    ("options", "variables", "annotations"),
    [
        ([], {"GITHUB_ACTIONS": "true"}, 1),
        ([], {"GITHUB_ACTIONS": "false"}, 0),
        ([], {}, 0),
        (["--output-format", "full"], {"GITHUB_ACTIONS": "true"}, 0),
        ([], {"GITHUB_ACTIONS": "true", "LAYOUTLINT_OUTPUT_FORMAT": "concise"}, 0),
        (["--output", "sarif:a.sarif"], {"GITHUB_ACTIONS": "true"}, 0),
    ],
)
def test_annotations_where_github_runs_it(run, options, variables, annotations):
    run.write("a.py", WRONG)
    for name, value in variables.items():
        run.monkeypatch.setenv(name, value)
    result = run("check", "a.py", *options)
    assert result.code == 1
    assert (
        sum(line.startswith("::warning file=a.py,line=4,") for line in result.out.splitlines()) == annotations
    )


@pytest.mark.parametrize(
    ("encoding", "arrow"), [("utf-8", "\u2192"), ("ascii", "->"), ("latin-1", "->"), ("cp1252", "->")]
)
def test_a_stream_without_an_arrow(run, encoding, arrow):
    run.write("a.py", WRONG)
    stream = io.BytesIO()
    run.monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream, encoding=encoding))
    run.monkeypatch.setattr(sys, "argv", ["layoutlint", "check", "a.py", "--output-format", "github"])
    print("a \u2192 b \N{SNOWMAN}", end="", file=sys.stdout) if encoding == "utf-8" else None
    assert main() == 1
    print("a \u2192 b", end="")
    sys.stdout.flush()
    assert f"a {arrow} b" in stream.getvalue().decode(encoding)
