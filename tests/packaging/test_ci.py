"""What runs elsewhere: the action, the workflows, the snippets for other services and the issue forms.

Each is held against the schema of its service, and read by the linters that people use for it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from layoutlint.reports.formats import CHECK

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
ACTION = ROOT / "action.yml"
PINNED = re.compile(r"^[\w./-]+@[0-9a-f]{40}$")

GITHUB, GITLAB = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), re.S | re.M
)


def tool(name: str) -> str:
    """The path of a program of the test extra; the test is skipped where it is not installed."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def ran(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


SCHEMAS = [
    *[("vendor.github-workflows", path) for path in WORKFLOWS],
    *[("vendor.github-issue-forms", path) for path in FORMS],
    ("vendor.github-actions", ACTION),
]


@pytest.mark.parametrize(("schema", "path"), SCHEMAS, ids=[path.name for _, path in SCHEMAS])
def test_a_file_has_the_form_that_its_service_wants(schema: str, path: Path) -> None:
    done = ran(tool("check-jsonschema"), "--builtin-schema", schema, path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "text"),
    [("vendor.github-workflows", GITHUB), ("vendor.gitlab-ci", GITLAB)],
    ids=["github", "gitlab"],
)
def test_a_snippet_has_the_form_that_its_service_wants(schema: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "snippet.yml").write_text(text)
    done = ran(tool("check-jsonschema"), "--builtin-schema", schema, tmp_path / "snippet.yml")
    assert done.returncode == 0, done.stdout


def test_nothing_in_the_workflows_is_unsafe(tmp_path: Path) -> None:
    snippet = tmp_path / ".github" / "workflows" / "snippet.yml"
    snippet.parent.mkdir(parents=True)
    snippet.write_text(GITHUB.replace("@COMMIT", "@" + "0" * 40))
    done = ran(tool("zizmor"), "--offline", "--quiet", *WORKFLOWS, ACTION, snippet)
    assert done.returncode == 0, done.stdout


def test_the_workflows_hold_for_actionlint(tmp_path: Path) -> None:
    (tmp_path / "snippet.yml").write_text(GITHUB)
    done = ran(tool("actionlint"), *WORKFLOWS, tmp_path / "snippet.yml")
    assert done.returncode == 0, done.stdout


def test_actionlint_would_tell_of_a_mistake(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(GITHUB.replace("contents: read", "contents: reads"))
    assert ran(tool("actionlint"), wrong).returncode == 1


def test_every_action_is_pinned_to_a_commit() -> None:
    used = [
        name
        for path in (*WORKFLOWS, ACTION)
        for name in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))
    ]
    assert used
    assert all(PINNED.match(name) for name in used if name != "./")


def test_the_snippets_name_formats_that_there_are() -> None:
    named = re.findall(r"--output ([a-z-]+):", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"))
    assert named
    assert set(named) <= CHECK.keys()


def action(folder: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the step of the action that checks, with layoutlint in a folder, and return its outputs too."""
    steps = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]
    (step,) = [step for step in steps if step.get("id") == "check"]
    target = folder / "layoutlint"
    target.mkdir()
    (target / "layoutlint").symlink_to(ROOT / "layoutlint")
    outputs = folder / "outputs"
    given = {"PYTHON": sys.executable, "RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(outputs)}
    done = subprocess.run(
        # as GitHub runs `shell: bash`
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=ROOT,
        env=os.environ | given | inputs,
        capture_output=True,
        text=True,
        check=False,
    )
    return done, outputs.read_text()


@pytest.mark.parametrize(
    ("paths", "options", "code"),
    [
        ("examples/signal_wrong.py\n\nexamples/signal_right.py\n", "", 1),
        ("examples/signal_right.py", "--no-cache\n", 0),
        ("examples/signal_wrong.py", "--ignore=sequence\n--no-cache", 0),
        ("README.md", "", 2),
        ("examples/nothing at $(all).py", "", 2),
    ],
)
def test_the_actions_script(paths: str, options: str, code: int, tmp_path: Path) -> None:
    done, outputs = action(tmp_path, PATHS=paths, OPTIONS=options, UPLOAD="false")
    assert done.returncode == code, done.stdout + done.stderr
    assert outputs == f"exit-code={code}\n"


def test_the_action_writes_what_it_uploads(tmp_path: Path) -> None:
    done, outputs = action(tmp_path, PATHS="examples/signal_wrong.py", OPTIONS="--no-cache", UPLOAD="true")
    written = tmp_path / "layoutlint.sarif"
    assert done.returncode == 1, done.stdout + done.stderr
    assert outputs == f"exit-code=1\nsarif={written}\n"
    (result,) = json.loads(written.read_text())["runs"][0]["results"]
    assert result["ruleId"] == "conv-single-step"
    assert "warning[conv-single-step]" in done.stdout
