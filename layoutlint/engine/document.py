"""The documentation of all facts, made from the registry."""

from __future__ import annotations

from typing import Final

from layoutlint.engine.condition_functions import ARGUMENT, ARGUMENT_MEANING, FUNCTIONS
from layoutlint.facts.fact_values import Type
from layoutlint.facts.registry import Subject, all_facts

HEADER: Final = """# Facts

<!-- Made by `python -m layoutlint.engine`; do not edit. -->

A rule's `when` and its message speak of facts: named values that layoutlint works out from the model. A fact
that is not known, or that makes no sense for the subject at hand, is *unknown*; a judgement over it is
unknown, and unknown never fires. A fact of type *size* is a number, free (`None`), or symbolic
(`X.shape[1]`); a *list* may be indexed (`kernel_size[0]`), measured (`len`), searched (`in`) and compared.
"""

SUBJECTS: Final = {
    Subject.LAYER: "`subject: layer`: one use of a layer or of an operation between layers",
    Subject.DECLARATION: "`subject: declaration`: a shape that the author wrote down",
    Subject.MODEL: "`subject: model`: a model",
    Subject.FEED: "`subject: feed`: an array that is fed to an input of a model",
    Subject.TARGET: "`subject: target`: the target of an output of a model",
    Subject.LOSS: "`subject: loss`: an output of a model with the loss that `compile` gives it",
    Subject.FILE: "`subject: file`: a source file or a saved model (for every subject)",
}


def document() -> str:
    """``docs/facts.md``: every fact with its type and its meaning, and the functions of the language."""
    lines = [HEADER]
    for subject, facts in all_facts().items():
        lines += [f"## {SUBJECTS[subject]}", "", "| fact | type | meaning |", "|---|---|---|"]
        for fact in facts.values():
            choices = ", ".join(f"`{choice}`" for choice in fact.choices if choice)
            meaning = fact.meaning + (f": one of {choices}" if choices else "")
            lines.append(f"| `{fact.name}` | {fact.type} | {meaning} |")
        lines.append("")
    lines += ["## Functions", "", "| function | gives | meaning |", "|---|---|---|"]
    lines.append(f"| `{ARGUMENT}` | {Type.ANY} | {ARGUMENT_MEANING} |")
    for name, function in FUNCTIONS.items():
        lines.append(f"| `{name}` | {function.gives} | {function.meaning} |")
    return "\n".join(lines) + "\n"
