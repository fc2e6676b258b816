from __future__ import annotations

import json
from pathlib import Path

import pytest

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
    return sorted(path.stem for path in RULES.glob("*.md"))


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
    assert "Severity" in result.out


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


def test_a_folder_without_rules(run):
    (run.folder / "house").mkdir()
    assert run("rule", "test", "house").code == 3
    assert run("rule", "test", "nowhere").code == 2


def test_only_test_takes_a_folder(run):
    assert run("rule", "conv-single-step", "house").code == 2


def test_rules_as_json_are_json(run):
    assert json.loads(run("rules", "--output-format", "json").out)["version"] == 1
