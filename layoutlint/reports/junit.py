"""JUnit XML: a test suite for each input, with a failure for each finding.

A finding that is less severe than ``fail-on`` is a passing test with its text in ``system-out``, so that it
does not fail a pipeline that the exit code lets pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from layoutlint.model.findings import Coverage, Finding, Report
from layoutlint.reports.full import finding_lines
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.scenes import Scenes


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return the document as text that ends with a newline."""
    by_path: dict[str, list[ElementTree.Element]] = {coverage.path: [] for coverage in report.inputs}
    for finding in report.findings:
        path = finding.location.path
        by_path.setdefault(path, []).append(_case(path, finding, report.is_severe(finding), scenes))
    inputs = {coverage.path: coverage for coverage in report.inputs}
    suites = [_suite(path, inputs.get(path), cases) for path, cases in by_path.items()]
    root = ElementTree.Element("testsuites", {"name": "layoutlint"} | _totals(suites))
    root.extend(suites)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


COUNTS = ("tests", "failures", "errors", "skipped")


def _totals(suites: Iterable[ElementTree.Element]) -> dict[str, str]:
    return {name: str(sum(int(suite.attrib[name]) for suite in suites)) for name in COUNTS}


def _suite(path: str, coverage: Coverage | None, cases: list[ElementTree.Element]) -> ElementTree.Element:
    if coverage is not None and (coverage.status != "checked" or coverage.failures or not cases):
        cases.append(_whole(path, coverage))
    count = {name: sum(case.find(tag) is not None for case in cases) for name, tag in _TAGS.items()}
    suite = ElementTree.Element("testsuite", {"name": _text(path), "tests": str(len(cases))})
    suite.attrib |= {name: str(number) for name, number in count.items()}
    suite.extend(cases)
    return suite


_TAGS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _case(path: str, finding: Finding, fails: bool, scenes: Scenes) -> ElementTree.Element:
    place = str(finding.location).removeprefix(path).removeprefix(":")
    case = ElementTree.Element(
        "testcase",
        {"name": _text(f"{finding.rule} at {place}"), "classname": _text(path), "time": "0"},
    )
    told = _text("\n".join(finding_lines(finding, scenes)))
    if fails:
        given = {"message": _text(finding.message), "type": str(finding.severity)}
        ElementTree.SubElement(case, "failure", given).text = told
    else:
        ElementTree.SubElement(case, "system-out").text = told
    return case


def _whole(path: str, coverage: Coverage) -> ElementTree.Element:
    """Return the test of an input as a whole: it passes where all of it was read, and has no findings."""
    case = ElementTree.Element("testcase", {"name": "layoutlint", "classname": _text(path), "time": "0"})
    if coverage.failures:
        ElementTree.SubElement(case, "error", {"message": _text("\n".join(coverage.failures))})
    elif coverage.status == "skipped":
        ElementTree.SubElement(case, "skipped", {"message": _text(coverage.reason or "")})
    return case


def _text(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold, even escaped."""
    return "".join(c if c in "\t\n" or _is_allowed(ord(c)) else "\N{REPLACEMENT CHARACTER}" for c in text)


def _is_allowed(code: int) -> bool:
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
