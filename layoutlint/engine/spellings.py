"""In which spellings the examples of a rule show its mistake: ``python -m layoutlint.engine.spellings``.

A rule that knows an idea should know it in every spelling that the libraries have for it; the holes of the
table are where nobody has tried.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import Final

from layoutlint.engine.examples import EXPECT, Example, examples_of
from layoutlint.engine.judge import judge
from layoutlint.engine.rules import Rule, builtin
from layoutlint.model.findings import Finding
from layoutlint.readers import source

HEADER: Final = """# Spellings

<!-- Made by `python -m layoutlint.engine.spellings`; do not edit. -->

How often the bad examples of each rule write its mistake in which way. A hole says that no example shows it,
not that the rule is blind to it.

- *layer*: a layer, or an argument of one; *Keras*: a function of `keras.ops`, `keras.backend` or another of
  Keras; *TensorFlow*, *NumPy*: a function of these; *method*: of an array, a model or another object;
  *operator*: `+`, `==`, `[…]`; *other*: what the program calls itself, a literal, a name.
- *in a class*, *in a function*: where it is written, a class or a function of the program.
"""
COLUMNS: Final = ("layer", "Keras", "TensorFlow", "NumPy", "method", "operator", "other")
PLACES: Final = ("in a class", "in a function")
LIBRARIES: Final = (
    ("keras.layers", "layer"),
    ("tensorflow.keras.layers", "layer"),
    ("tensorflow.keras", "Keras"),
    ("keras", "Keras"),
    ("tensorflow", "TensorFlow"),
    ("numpy", "NumPy"),
)


def document() -> str:
    """``docs/research/spellings.md``: rules by spelling."""
    rules = builtin()
    lines = [
        HEADER,
        f"| rule | {' | '.join((*COLUMNS, *PLACES))} |",
        "|---" * (1 + len(COLUMNS + PLACES)) + "|",
    ]
    for rule in sorted(rules, key=lambda rule: rule.name):
        count = Counter(spelling for example in _bad(rule) for spelling in _spellings(example, rules))
        cells = [str(count[name]) if count[name] else "" for name in (*COLUMNS, *PLACES)]
        lines.append(f"| `{rule.name}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _bad(rule: Rule) -> Iterator[Example]:
    for example in examples_of(rule):
        if example.language == "python" and EXPECT.search(example.text):
            yield example


def _spellings(example: Example, rules: tuple[Rule, ...]) -> Iterator[str]:
    """Yield how each finding of the example's own rule is written, and where."""
    tree = ast.parse(example.text)
    modules = dict(_imported(tree))
    for finding in judge(source.read(example.text, example.path), rules):
        if finding.rule == example.rule:
            yield _form(_node(tree, finding), modules)
            yield from _places(tree, finding.location.line or 0)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that the example imports, with their qualified names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    alias.asname or alias.name.partition(".")[0],
                    alias.name if alias.asname else alias.name.partition(".")[0],
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _node(tree: ast.Module, finding: Finding) -> ast.AST | None:
    """Return the outermost expression that begins where a finding stands."""
    place = finding.location
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.expr)
        and (node.lineno, node.col_offset + 1) == (place.line, place.column)
        and (node.end_lineno, (node.end_col_offset or 0) + 1) == (place.end_line, place.end_column)
    ]
    return found[0] if found else None


def _form(node: ast.AST | None, modules: dict[str, str]) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Call):
        node = node.func  # Dense(1)(x)
    if isinstance(node, ast.BinOp | ast.Compare | ast.UnaryOp | ast.Subscript | ast.AugAssign):
        return "operator"
    if not isinstance(node, ast.Call):
        return "other"
    name = _qualified(node.func, modules)
    if name is not None:
        return next((form for start, form in LIBRARIES if name.startswith(start)), "other")
    return "method" if isinstance(node.func, ast.Attribute) else "other"


def _qualified(node: ast.expr, modules: dict[str, str]) -> str | None:
    """Return the qualified name of what is called, where it comes from a library."""
    if isinstance(node, ast.Name):
        return modules.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _qualified(node.value, modules)
        return None if owner is None else f"{owner}.{node.attr}"
    return None


def _places(tree: ast.Module, line: int) -> Iterator[str]:
    """Yield where a line of the example stands: in a class, else in a function, if in either."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Lambda)
        and node.lineno <= line <= (node.end_lineno or 0)
    ]
    if any(isinstance(node, ast.ClassDef) for node in around):
        yield PLACES[0]
    elif around:
        yield PLACES[1]


if __name__ == "__main__":
    print(document(), end="")
