"""The rules of a run, arranged once: by what they are about, and by the classes of layers.

Which rules can speak of a layer depends on its class, on its kind, on whether Keras refuses it and on a few
things of the whole graph (whether it has weights), so it is found out once for all models of a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from itertools import takewhile

from msgspec import Struct

from layoutlint.engine.conditions import Conjunct, hold
from layoutlint.engine.rules import Case, Input, Rule
from layoutlint.facts import Facts, Index, Subject
from layoutlint.facts.layer_view import OF_CLASS, LayerView
from layoutlint.facts.registry import facts_of


class Concern(Struct, frozen=True):
    """A rule that can speak of layers of one class: its cases, each with what is to be asked of a layer, and
    what all of them ask ``first``.
    """

    rule: Rule
    first: tuple[Conjunct, ...]
    cases: tuple[tuple[Case, tuple[Conjunct, ...]], ...]


class Rulebook(tuple[Rule, ...]):
    """Rules in order, with what was found out about them on the way."""

    def __new__(cls, rules: Iterable[Rule] = ()) -> Rulebook:
        """Make a book of rules; return rules that are a book already."""
        return rules if isinstance(rules, Rulebook) else super().__new__(cls, rules)

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        if rules is self:
            return
        self._concerns: dict[tuple[frozenset[str], str, str, str, bool], list[Concern]] = {}
        self._about: dict[Subject, list[Rule]] = {}
        for rule in self:
            self._about.setdefault(rule.subject, []).append(rule)

    def __reduce__(self) -> tuple[type[Rulebook], tuple[tuple[Rule, ...]]]:
        return Rulebook, (tuple(self),)

    def about(self, subject: Subject) -> list[Rule]:
        """Return the rules about a subject."""
        return self._about.get(subject, [])

    @cached_property
    def of_saved(self) -> Rulebook:
        """The rules without those whose evidence is in source alone."""
        return Rulebook(rule for rule in self if rule.needs is not Input.SOURCE)

    def concerns(self, view: LayerView) -> list[Concern]:
        """Return the rules and cases that can hold of layers of the view's class in its graph; what these
        alone decide is asked here, once.
        """
        call = view.call
        absent = view.index.once(_absent)
        key = (absent, call.layer.kind, call.layer.class_name, view.layer.class_name, call.error is not None)
        found = self._concerns.get(key)
        if found is None:
            settled, facts = _settled(view) | absent, Facts(Subject.LAYER, view)
            found = self._concerns[key] = [
                concern
                for rule in self.about(Subject.LAYER)
                if (concern := _concern(rule, facts, settled)) is not None
            ]
        return found


def _settled(view: LayerView) -> frozenset[str]:
    """Return the facts that are the same for all layers of the view's class."""
    # without an error there is no kind of error either
    settled = OF_CLASS if view.call.error is not None else OF_CLASS | {"error_kind"}
    return settled | {name for name, of_class in _facts_of_classes() if not of_class(view)}


def _concern(rule: Rule, facts: Facts, settled: frozenset[str]) -> Concern | None:
    view: LayerView = facts.view
    classes = (view.call.layer.class_name, view.layer.class_name)
    if rule.applies_to and rule.applies_to.isdisjoint(classes):
        return None
    known = settled | rule.parameters.keys()
    cases: list[tuple[Case, tuple[Conjunct, ...]]] = []
    for case in rule.cases:
        if hold((part for part in case.when.conjuncts if part.names <= known), facts, rule.parameters):
            cases.append((case, tuple(part for part in case.when.conjuncts if not part.names <= known)))
    if not cases:
        return None
    (_, shared), *others = cases
    count = min((_common(shared, asked) for _, asked in others), default=0)
    return Concern(rule, shared[:count], tuple((case, asked[count:]) for case, asked in cases))


def _common(some: tuple[Conjunct, ...], others: tuple[Conjunct, ...]) -> int:
    """Return how many parts two conditions of a rule begin with in the same words."""
    pairs = takewhile(lambda pair: pair[0].text == pair[1].text, zip(some, others, strict=False))
    return sum(1 for _ in pairs)


@cache
def _facts_of_classes() -> tuple[tuple[str, Callable[[LayerView], bool]], ...]:
    facts = facts_of(Subject.LAYER).values()
    return tuple((fact.name, fact.of_class) for fact in facts if fact.of_class is not None)


def _absent(index: Index) -> frozenset[str]:
    """Return the facts that are the same for all layers of a class in a graph, because it has nothing that
    they are about.
    """
    facts = facts_of(Subject.LAYER).values()
    return frozenset(fact.name for fact in facts if fact.of_graph is not None and not fact.of_graph(index))
