from __future__ import annotations

import json
from pathlib import Path

import pytest

from layoutlint.engine.groups import GROUPS
from layoutlint.engine.rules import builtin
from layoutlint.reports.markdown_text import rendered
from layoutlint.reports.style import Style
from tests.cli.helpers import RIGHT, WRONG

RULES = Path(__file__).parents[2] / "rules"

HOUSE = """\
---
rule: no-wide-kernel
subject: layer
severity: warning
confidence: high
applies-to: [Conv1D]
parameters: {limit: 100}
when: input_dim > limit
message: "{layer} is too wide for this house"
---
Wide kernels are not liked here.

```python
import keras
x = keras.layers.Conv1D(2, 3)(keras.Input((20, 300)))  # expect: no-wide-kernel
```
```python
import keras
x = keras.layers.Conv1D(2, 3)(keras.Input((20, 3)))  # shape: (None, 18, 2)
```

## Why it is a mistake

A rule of this house.

## What to do instead

Fewer channels.

## When the rule is wrong

Never.
"""


def names() -> list[str]:
    return sorted([*(path.stem for path in RULES.glob("*.md")), "unused-suppression"])


def test_all_rules_are_listed(run):
    listed = run("rules").out.splitlines()
    assert [line.split()[0] for line in listed] == names()
    document = run("rules", "--output-format", "json").json
    assert [entry["rule"] for entry in document["rules"]] == names()


@pytest.mark.parametrize("name", names())
def test_every_rule_can_be_read(run, name):
    result = run("rule", name)
    assert result.code == 0
    assert result.out.startswith(f"# {name}\n")
    assert "severity" in result.out
    assert "## Fix" in result.out
    assert "## How to silence" in result.out
    assert "expect:" not in result.out
    assert "# shape:" not in result.out
    assert "```json" not in result.out


def test_a_summary_is_a_whole_sentence(run):
    for line in run("rules").out.splitlines():
        assert line.endswith("."), line


def test_every_group_has_a_built_in_rule():
    assert {rule.group for rule in builtin()} == set(GROUPS)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--select", "conv-single-step"], 1),
        (["--select", "sequence"], 1),
        (["--select", "conv-*"], 1),
        (["--select", "image,loss"], 0),
        (["--ignore", "sequence"], 0),
        (["--ignore", "*-single-step"], 0),
        (["--select", "sequence", "--ignore", "conv-*"], 0),
    ],
)
def test_rules_are_chosen_by_name_group_and_pattern(run, options, code):
    run.write("train.py", WRONG)
    assert run("check", "train.py", *options).code == code


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("sequense", "unknown rule sequense; did you mean sequence?"),
        ("conv-single", "unknown rule conv-single; did you mean conv-single-step?"),
        ("zz-*", "no rule matches zz-*; `layoutlint rules` lists them"),
    ],
)
def test_a_choice_of_nothing_is_a_mistake(run, term, message):
    run.write("train.py", WRONG)
    result = run("check", "train.py", "--select", term)
    assert result.code == 2
    assert message in result.err


@pytest.mark.parametrize("table", ["per-file-ignores", "per-layer-ignores"])
@pytest.mark.parametrize("term", ["sequence", "conv-*"])
def test_ignores_by_file_and_layer_take_groups_and_patterns(run, table, term):
    run.write("train.py", WRONG.replace("32, 3", "32, 3, name='wide'"))
    assert run("check", "train.py").code == 1
    run.write("layoutlint.toml", f'[{table}]\n"*" = ["{term}"]\n')
    result = run("check", "train.py")
    assert result.code == 0, result.out
    assert "1 ignored" in result.out


def test_a_comment_that_silences_nothing_is_chosen_like_a_rule(run):
    run.write("train.py", RIGHT + "# layoutlint: ignore[conv-single-step]\n")
    assert "unused-suppression" in run("check", "train.py").out
    assert "unused-suppression" not in run("check", "train.py", "--ignore", "suppression").out
    assert "unused-suppression" not in run("check", "train.py", "--select", "image").out
    assert "unused-suppression" in run("check", "train.py", "--select", "sequence,unused-*").out


def test_a_house_rule_has_a_group_of_its_own(run):
    run.write("house/no-wide-kernel.md", HOUSE)
    run.write("layoutlint.toml", 'rules = ["house"]\n')
    run.write("wide.py", "import keras\nx = keras.layers.Conv1D(2, 3)(keras.Input((20, 300)))\n")
    assert run("check", "wide.py", "--select", "house").code == 1
    assert run("check", "wide.py", "--ignore", "house").code == 0
    run.write("house/no-wide-kernel.md", HOUSE.replace("subject:", "group: kernels\nsubject:"))
    assert run("check", "wide.py", "--select", "kernels").code == 1


def test_a_page_on_a_terminal():
    page = "# name\n\nA `Dense` layer\nand more words.\n\n- one\n- two words\n\n```python\nx = 1\n```\n"
    assert rendered(page, 20, Style()) == (
        "name\n\nA `Dense` layer and\nmore words.\n\n- one\n- two words\n\n    x = 1\n"
    )
    assert rendered("## Why\n\nA `b` c\n", 20, Style(colour=True)) == (
        "\x1b[1mWhy\x1b[0m\n\nA \x1b[1mb\x1b[0m c\n"
    )


def test_a_rule_that_there_is_not(run):
    result = run("rule", "conv-single-stepp")
    assert result.code == 2
    assert "did you mean conv-single-step?" in result.err


def test_house_rules_are_tested(run):
    run.write("house/no-wide-kernel.md", HOUSE)
    result = run("rule", "test", "house")
    assert result.code == 0, result.out
    assert "1 rules, 2 examples: all hold" in result.err


def test_a_page_that_lacks_something(run):
    run.write("house/no-wide-kernel.md", HOUSE.replace("## What to do", "## What one does"))
    result = run("rule", "test", "house")
    assert result.code == 1
    assert result.out == "house/no-wide-kernel.md:11: no heading `## What to do instead`\n"


def test_a_new_rule_is_complete(run):
    run.write("house/wide-dense.md", run("rule", "new", "wide-dense").out)
    result = run("rule", "test", "house")
    assert result.code == 0, result.out


@pytest.mark.parametrize("arguments", [(), ("Wide_Dense",)])
def test_a_new_rule_needs_a_good_name(run, arguments):
    result = run("rule", "new", *arguments)
    assert result.code == 2
    assert "lower-case letters, digits and single hyphens" in result.err


def test_an_example_that_does_not_hold(run):
    run.write("house/no-wide-kernel.md", HOUSE.replace("(20, 3)", "(20, 301)").replace("18, 2", "17, 2"))
    result = run("rule", "test", "house")
    assert result.code == 1
    assert [line.split(":")[:2] for line in result.out.splitlines()] == [
        ["house/no-wide-kernel.md", "19"]
    ] * 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HOUSE.replace("when: input_dim > limit", "when: input_dim >"), "house/no-wide-kernel.md:8:"),
        (HOUSE.replace("input_dim > limit", "inputdim > limit"), "house/no-wide-kernel.md:8:7"),
        (HOUSE.replace("severity: warning", "severity: bad"), "house/no-wide-kernel.md:4:"),
        ("no front matter\n", "house/no-wide-kernel.md:1:"),
    ],
)
def test_a_broken_rule_is_located(run, text, place):
    run.write("house/no-wide-kernel.md", text)
    result = run("rule", "test", "house")
    assert result.code == 2
    assert place in result.err


def test_one_rule_is_tested(run):
    run.write("house/no-wide-kernel.md", HOUSE)
    run.write("house/broken.md", "no front matter\n")
    result = run("rule", "test", "house/no-wide-kernel.md")
    assert result.code == 0, result.out
    assert "1 rules, 2 examples: all hold" in result.err


def test_a_folder_without_rules(run):
    (run.folder / "house").mkdir()
    assert run("rule", "test", "house").code == 3
    assert run("rule", "test", "nowhere").code == 2


def test_only_test_takes_a_folder(run):
    assert run("rule", "conv-single-step", "house").code == 2


def test_rules_as_json_are_json(run):
    assert json.loads(run("rules", "--output-format", "json").out)["version"] == 1
