"""What the README promises."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from click.testing import CliRunner

from layoutlint.cli.commands import COMMANDS, cli
from layoutlint.run.configuration import read

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.S | re.M)


def test_there_are_exactly_two_commands():
    assert len(blocks("sh")) == 2
    assert all(block.startswith("pip install ") and len(block.splitlines()) == 1 for block in blocks("sh"))


def test_ci_runs_those_two_commands():
    script = (ROOT / ".ci" / "run").read_text()
    found = subprocess.run(
        ["bash", "-c", script.split("step() {")[0].replace("cd ", ": ") + _function(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == blocks("sh")[0] + blocks("sh")[1]


def _function(script: str) -> str:
    body = script[script.index("readme_command() {") : script.index("run_job=")]
    return body + "readme_command 1; readme_command 2\n"


def test_every_command_is_named():
    for name in COMMANDS:
        assert f"`layoutlint {name} " in README or f"`layoutlint {name}`" in README
        assert name in CliRunner().invoke(cli, ["--help"]).output


def test_the_configuration_is_valid(tmp_path):
    (block,) = blocks("toml")
    for folder in ("lint/rules", "layout/knowledge"):
        (tmp_path / folder).mkdir(parents=True)
    configuration = read(tomllib.loads(block)["tool"]["layoutlint"], tmp_path / "pyproject.toml")
    assert configuration.ignore == ("rnn-single-step",)


def test_the_python_runs():
    (block,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "warning[conv-single-step]: Conv1D has a single step" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("examples/signal_wrong.py:24:15 conv-single-step ")


def test_links_lead_somewhere():
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for link in re.findall(r"\]\(([^)#\s]+)\)", page.read_text()):
            if not link.startswith("http"):
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_picture_shows_what_is_printed_now():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import make_pictures
    finally:
        sys.path.pop(0)
    for name, arguments in make_pictures.PICTURES.items():
        assert words(make_pictures.draw(arguments)) == words((ROOT / "docs" / name).read_text()), name


def words(svg: str) -> list[str]:
    """The text of a picture, whatever version of the drawing library has placed it."""
    return re.findall(r">([^<>]+)</text>", svg)
