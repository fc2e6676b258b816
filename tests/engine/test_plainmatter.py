"""The front matter read line by line says what YAML says, or nothing."""

from __future__ import annotations

import random

import pytest

from layoutlint.engine import frontmatter, plainmatter
from layoutlint.engine.rules import RuleError, builtin_folder

PIECES = [
    *(
        "'",
        '"',
        ":",
        ": ",
        " #",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        "-",
        "- ",
        "\\",
        "é",
        ">-",
        "|",
        "&a",
        "*",
        "0",
    ),
    *(" ", "  ", "\n", "\n  ", "\n    "),
]
"""What is put in between, each with a meaning in YAML."""

FILES = sorted(builtin_folder().glob("*.md"))


def _matter(path):
    text = path.read_text(encoding="utf-8")
    return text[4 : text.find("\n---\n", 3) + 1]


def _by_yaml(matter):
    try:
        return frontmatter._tree(f"---\n{matter}---\n", matter, "rule.md")
    except RuleError:
        return None


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_built_in_rule_is_read_without_yaml(path):
    found = plainmatter.tree(_matter(path))
    assert found is not None, "a form that takes YAML to read: every start would pay for its import"
    assert found == _by_yaml(_matter(path))


@pytest.mark.parametrize(
    "matter",
    [
        "a: b\n",
        "a: [b, c.d, e-f, 1, 2.5]\nb: {c: [d, e], f: -1}\n",
        'a: \'x: y # z\'\nb: "x \\" y"\nc: x:y#z (1, 2) <= 3\n',
        "a: >-\n  one\n  two\nb: c\n",
        "a:\n  - b\n  - 'c d'\n  - \"e\"\nf: g\n",
        "a:\n  - b: c\n    d: >-\n      e\n      f\n  - b: g\nh: i\n",
        "a: 1 <= b\nc: (d)\n",
    ],
)
def test_what_is_understood(matter):
    found = plainmatter.tree(matter)
    if "-1" not in matter:
        assert found is not None
    assert found is None or found == _by_yaml(matter)


@pytest.mark.parametrize(
    "matter",
    [
        "",
        "a\n",
        "a: b\na: c\n",
        "a: &x b\n",
        "a: !tag b\n",
        "a: *x\n",
        "a: b: c\n",
        "a: b # c\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n",
        'a: "b\\nc"\n',
        "a: [b,\n  c]\n",
        "a: [b, [c]\n",
        "a: |\n  b\n",
        "a: >\n  b\n",
        "a: >-\n  b\n\n  c\n",
        "a: >-\n  b\n    c\n",
        "a: >-\n    b\n",
        "a: - b\n",
        "a:\n- b\n",
        "a:\n  b: c\n",
        "a:\n  - - b\n",
        "a: ? b\n",
        "a: @b\n",
        "a: b \n",
        "a: 'b''c'\n",
        "a: \tb\n",
        "a: b\x00\n",
        "a: b\n...\n",
        "---\na: b\n",
        "a: %b\n",
        "a: [b, ]\n",
        "a: {b}\n",
        "a: [b: c]\n",
        "a:\n",
        "a: >-\n",
    ],
)
def test_what_is_left_to_yaml(matter):
    assert plainmatter.tree(matter) is None


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_whatever_is_written_it_is_no_other_tree(path):
    draw = random.Random(path.stem)
    matter = _matter(path)
    understood = 0
    for _ in range(60):
        changed = list(matter)
        for _ in range(draw.choice([1, 1, 2, 5])):
            at = draw.randrange(len(changed) or 1)
            if draw.random() < 0.7:
                changed[at:at] = draw.choice(PIECES)
            else:
                del changed[at : at + draw.choice([1, 1, 3, 20])]
        text = "".join(changed)
        found = plainmatter.tree(text)
        understood += found is not None
        if found is not None:
            assert found == _by_yaml(text), text
    assert understood
