"""The addresses of the project: written once, and everything else follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from layoutlint.model import project
from layoutlint.reports import rdjson, sarif
from layoutlint.reports.addresses import page
from layoutlint.reports.full import render
from layoutlint.reports.style import Style
from layoutlint.run.check import check
from layoutlint.run.configuration import Configuration

ROOT = Path(__file__).parents[2]
SITE = "https://layout.example/docs/"
PAGE = f"{SITE}rules/conv-single-step/"


@pytest.fixture
def checked():
    return check([str(ROOT / "examples" / "signal_wrong.py")], Configuration())


def test_without_a_site_a_page_is_a_file(checked):
    assert (project.SITE, project.REPOSITORY, project.urls()) == ("", "", {})
    assert page(checked.scenes, "conv-single-step") == (ROOT / "rules" / "conv-single-step.md").as_uri()
    assert "helpUri" not in sarif.render(checked.report, checked.scenes)


def test_with_a_site_every_report_links_to_it(checked, monkeypatch):
    monkeypatch.setattr(project, "SITE", SITE)
    report, scenes = checked.report, checked.scenes
    (run,) = json.loads(sarif.render(report, scenes))["runs"]
    assert run["tool"]["driver"]["informationUri"] == SITE
    assert [rule["helpUri"] for rule in run["tool"]["driver"]["rules"]] == [PAGE]
    (diagnostic,) = json.loads(rdjson.render(report, scenes))["diagnostics"]
    assert diagnostic["code"] == {"value": "conv-single-step", "url": PAGE}
    assert f"\x1b]8;;{PAGE}\x1b\\" in render(report, scenes, Style(links=True))


def test_the_urls_of_the_package(monkeypatch):
    monkeypatch.setattr(project, "SITE", SITE)
    monkeypatch.setattr(project, "REPOSITORY", "https://host.example/owner/layoutlint")
    assert project.urls() == {
        "Documentation": SITE,
        "Source": "https://host.example/owner/layoutlint",
        "Issues": "https://host.example/owner/layoutlint/issues",
        "Changelog": "https://host.example/owner/layoutlint/blob/main/CHANGELOG.md",
    }
