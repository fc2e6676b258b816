"""The documentation: the site builds strictly, the tutorial works, pages say what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from layoutlint.engine.fix_names import FIXES
from layoutlint.engine.groups import GROUPS
from layoutlint.engine.rules import builtin
from layoutlint.reports.formats import CHECK
from tests.cli.conftest import run

__all__ = ["run"]

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def fenced(page: str, language: str, fence: str = "```") -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^{fence}{language}\n(.*?)^{fence}$", (DOCS / page).read_text("utf-8"), re.S | re.M)


@pytest.mark.parametrize(
    ("page", "names"), [("fixes.md", FIXES), ("output.md", CHECK)], ids=["fixes", "output formats"]
)
def test_every_name_has_a_row(page: str, names: Mapping[str, object]) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert [name for name in names if f"| `{name}` |" not in text] == [], f"add a row to docs/{page}"


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed: pip install 'layoutlint[docs]'")
    done = subprocess.run(
        [sys.executable, DOCS / "build.py", tmp_path / "site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"
    for rule in builtin():
        page = (site / "rules" / rule.name / "index.html").read_text("utf-8")
        assert "How to silence" in page
        assert "expect:" not in page
    index = (site / "rules" / "index.html").read_text("utf-8")
    for group in GROUPS:
        assert f'id="{group}"' in index
    assert "--min-confidence" in (site / "commands" / "index.html").read_text("utf-8")


def test_the_tutorial_of_house_rules_works(run) -> None:
    front, *_ = fenced("house-rules.md", "yaml")
    (body,) = fenced("house-rules.md", "markdown", "````")
    skeleton = run("rule", "new", "wide-output").out
    run.write("lint/rules/wide-output.md", skeleton)
    assert "1 rules, 2 examples: all hold" in run("rule", "test", "lint/rules").err
    run.write("lint/rules/wide-output.md", front + body)
    result = run("rule", "test", "lint/rules")
    assert result.code == 0, result.out
    assert "1 rules, 2 examples: all hold" in result.err
    (settings,) = fenced("house-rules.md", "toml")
    run.write("pyproject.toml", settings)
    wide = "from keras import layers\nx = layers.Dense({}, activation='softmax')(layers.Input((128,)))\n"
    run.write("wide.py", wide.format(2001))
    run.write("narrow.py", wide.format(2000))
    assert run("check", "wide.py", "--select", "house").code == 1
    assert run("check", "narrow.py", "--select", "house").code == 0
    assert run("rule", "wide-output").code == 0


SUBCLASSED = """\
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv1D(32, 3, padding="same")

    def call(self, x):
        return self.conv(x)


"""


def test_troubleshooting_of_a_subclassed_model(run) -> None:
    """The page says what `show` says of a model that nothing calls, and that a call mends that."""
    (advice,) = fenced("troubleshooting.md", "python")
    run.write("net.py", SUBCLASSED + "net = Net()\n")
    assert re.search(r"reads +unknown", run("show", "net.py").out)
    for line in (
        advice,
        advice.replace("8000, 1", "1, 8000"),
        "net = Net()\nnet(keras.Input((1, 8000)))\n",
    ):
        run.write("net.py", SUBCLASSED + line)
        assert "unknown" not in run("show", "net.py").out
        assert run("check", "net.py").code == ("1, 8000" in line)


@pytest.mark.parametrize(
    ("name", "content", "said", "code"),
    [
        ("plain.py", "print(1)\n", "no Keras code", 3),
        (
            "model.keras",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            "Git LFS pointer without its content",
            3,
        ),
        ("model.h5", "\x00\x01", "neither UTF-8 text nor a known format", 2),
    ],
)
def test_troubleshooting_quotes_what_is_said(run, name: str, content: str, said: str, code: int) -> None:
    run.write(name, content)
    result = run("check", name)
    assert said in result.out + result.err
    assert result.code == code
    assert said in (DOCS / "troubleshooting.md").read_text("utf-8")


def test_the_glossary_names_each_word_once() -> None:
    words = re.findall(r"^\| ([^|]+) \|", (DOCS / "glossary.md").read_text("utf-8"), re.M)
    assert len(words) == len(set(words))
