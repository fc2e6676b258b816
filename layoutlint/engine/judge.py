"""The judge: runs rules over the facts of a graph and argues each finding.

Unknown never fires. One mistake is one finding: the same rule at the same place speaks once, and a rule that
explains another's finding (``supersedes``) takes it over as evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.engine import evidence, repair
from layoutlint.engine.conditions import hold
from layoutlint.engine.focus import focus
from layoutlint.engine.rulebook import Rulebook
from layoutlint.engine.rules import Case, Rule
from layoutlint.facts import Facts, Index, Subject
from layoutlint.facts.declaration import DeclarationView
from layoutlint.facts.feed import FeedView
from layoutlint.facts.file import FileView
from layoutlint.facts.growing_axes import grows_later
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.loss import LossView, called_by_hand
from layoutlint.facts.model import ModelView
from layoutlint.facts.roles import ROLE_FACTS
from layoutlint.facts.target import TargetView
from layoutlint.layers.registry import spec_of
from layoutlint.model.axes import Interpretation
from layoutlint.model.findings import Confidence, Finding, ReadAxis, Repair, Severity, VersionBound, Witness
from layoutlint.model.graph import Call, Compilation, Graph, Scenario, flatten
from layoutlint.model.keras_version import KerasVersion, Version, refuses
from layoutlint.model.origins import FileOrigin, Location, Origin
from layoutlint.model.sizes import Expression, render
from layoutlint.operations.lookup import places

__all__ = ["Options", "configured", "judge"]


class Options(Struct, frozen=True):
    """What a run asks of the judge: ``parameters`` by rule and name, the least confidence to report."""

    parameters: Mapping[str, Mapping[str, Any]] = {}
    min_confidence: Confidence = Confidence.LOW


def configured(rules: Iterable[Rule], options: Options) -> Rulebook:
    """Return the rules with the parameters that the options set; ValueError for one that there is not."""
    if not options.parameters:
        return Rulebook(rules)
    known = tuple(rules)
    names = {rule.name for rule in known}
    for name in options.parameters:
        if name not in names:
            raise ValueError(f"unknown rule {name} in the parameters")
    return Rulebook(
        rule.with_parameters(options.parameters[rule.name]) if rule.name in options.parameters else rule
        for rule in known
    )


OF_ERROR = frozenset(["error", "error_kind", "reader_error", "refusal", "refused"])
"""The facts that say that Keras raises an error."""

_RAN = "the notebook shows that this ran without an error"

MAX_FED = 64
"""So many arrays of one feed are looked at: a list of more is one of samples."""


class _Verdict(Struct, frozen=True):
    """A rule that holds, before it is argued: where, about which calls, and in which case.

    What is said of the calls in ``behind`` may be the reason for it: of those that read the input for which
    data do not fit, of a model's call on data whose targets do not fit.
    """

    rule: Rule
    case: Case
    facts: Facts
    origin: Origin
    about: Any
    calls: frozenset[int]
    behind: frozenset[int] = frozenset()

    def bound(self, keras: KerasVersion) -> VersionBound | None:
        """For which versions of Keras alone the rule holds; None for all. ``keras`` is that of the input."""
        versions = self.case.keras
        if versions is None and not OF_ERROR.isdisjoint(self.case.when.names):
            event = _event(self.about)
            error = event.error if isinstance(event, Call) else None
            versions = None if error is None else error.versions
        if versions is None:
            return None
        return VersionBound(tuple(sorted(versions)), keras.reason, keras.number is not None)


def _event(about: Any) -> Call | Compilation | None:
    """Return what happens, or does not, where a verdict says something."""
    if isinstance(about, DeclarationView):
        return about.reader
    if isinstance(about, FeedView | TargetView):
        return about.feed.call
    if isinstance(about, LossView):
        return about.compilation
    return about if isinstance(about, Call) else None


def judge(graph: Graph, rules: Iterable[Rule], options: Options | None = None) -> list[Finding]:
    """Return all findings of the rules in a graph, in the order of their places.

    Parameters in ``options`` must name rules among ``rules`` (ValueError otherwise: see :func:`configured`).
    """
    options = options or Options()
    return _Judge(graph, configured(rules, options), options).findings()


class _Judge:
    def __init__(self, graph: Graph, rules: Rulebook, options: Options) -> None:
        self.graph = graph
        self.keras = graph.keras.number
        self.index = Index(graph)
        self.options = options
        self.rules = rules.of_saved if graph.is_saved else rules

    def findings(self) -> list[Finding]:
        least = self.options.min_confidence
        argued = [
            (verdict, self._argue(verdict))
            for verdict in self._verdicts()
            if self._confidence(verdict) >= least
        ]
        found = self._sure_alone(list(map(_as_sure_as_can_be, _distinct(_superseded(argued)))))
        return sorted((finding for finding in found if finding.confidence >= least), key=_place_key)

    def _sure_alone(self, found: list[Finding]) -> list[Finding]:
        """Return the findings; those that are not found where nothing is presumed have at most the confidence
        that their rule gives them then.
        """
        most = {rule.name: rule.presumed for rule in self.rules}
        doubted = [most[each.rule] for each in found if each.confidence > most[each.rule]]
        if self.graph.cautious is None or not doubted:
            return found
        options = replace(self.options, min_confidence=Confidence(min(doubted) + 1))
        sure = {
            (each.rule, each.location): each.confidence
            for each in _Judge(self.graph.cautious(), self.rules, options).findings()
        }
        return [
            _at_most(each, max(most[each.rule], sure.get((each.rule, each.location), Confidence.LOW)))
            for each in found
        ]

    def _confidence(self, verdict: _Verdict) -> Confidence:
        bound = verdict.bound(self.graph.keras)
        is_open = bound is not None and not bound.known
        if is_open or _may_be_impossible(verdict.about) or self._is_refuted(verdict):
            return Confidence.LOW
        return verdict.case.confidence

    def _severity(self, verdict: _Verdict) -> Severity:
        case = verdict.case
        return case.severity if case.on_gpu is None or not self._has_run(verdict) else case.on_gpu

    def _is_refuted(self, verdict: _Verdict) -> bool:
        """Tell whether a notebook shows that what Keras is said to refuse was made without an error."""
        return self._severity(verdict) is Severity.ERROR and self._has_run(verdict)

    def _has_run(self, verdict: _Verdict) -> bool:
        return bool(self.graph.shown_to_run) and id(_event(verdict.about)) in self.graph.shown_to_run

    def _verdicts(self) -> Iterator[_Verdict]:
        """Yield every rule that holds, but not for another version of Keras than that of the input."""
        for verdict in self._whatever_version():
            bound = verdict.bound(self.graph.keras)
            if bound is None or self.keras is None or self.keras in bound.versions:
                yield verdict

    def _whatever_version(self) -> Iterator[_Verdict]:
        yield from self._layer_verdicts()
        for declaration in self.graph.declarations if self.rules.about(Subject.DECLARATION) else ():
            view = DeclarationView(self.index, declaration)
            facts = Facts(Subject.DECLARATION, view)
            for rule in self.rules.about(Subject.DECLARATION):
                if rule.applies_to and facts["reader_class"] not in rule.applies_to:
                    continue
                readers = frozenset(map(id, view.readers))
                yield from _held(rule, facts, declaration.origin, view, readers, self.keras)
        for network in self.graph.models if self.rules.about(Subject.MODEL) else ():
            facts = Facts(Subject.MODEL, ModelView(self.index, network))
            for rule in self.rules.about(Subject.MODEL):
                if not rule.applies_to or network.class_name in rule.applies_to:
                    yield from _held(rule, facts, network.origin, network, frozenset(), self.keras)
        yield from self._feed_verdicts()
        yield from self._loss_verdicts()
        for rule in self.rules.about(Subject.FILE):
            facts = Facts(Subject.FILE, FileView(self.index))
            yield from _held(rule, facts, FileOrigin(self.graph.path), None, frozenset(), self.keras)

    def _layer_verdicts(self) -> Iterator[_Verdict]:
        for call in self.graph.calls:
            if call.layer.kind == "input":
                continue
            view = LayerView(self.index, call)
            concerns = self.rules.concerns(view)
            if not concerns:
                continue
            facts = Facts(Subject.LAYER, view)
            for concern in concerns:
                if concern.first and not hold(concern.first, facts, concern.rule.parameters):
                    continue
                for case, conjuncts in concern.cases:
                    if hold(conjuncts, facts, concern.rule.parameters) and case.concerns(self.keras):
                        if call.error is None and grows_later(self.index, call):
                            continue
                        place = evidence.place_of(self.index, call)
                        yield _Verdict(concern.rule, case, facts, place, call, frozenset([id(call)]))
                        if case.keras is None or self.keras is not None:
                            break

    def _feed_verdicts(self) -> Iterator[_Verdict]:
        """Yield each array against the input that it is for, each target against its output."""
        views: tuple[tuple[Subject, type[FeedView | TargetView], str], ...] = (
            (Subject.FEED, FeedView, "data"),
            (Subject.TARGET, TargetView, "targets"),
        )
        for subject, view_class, part in views:
            rules = self.rules.about(subject)
            for feed, *again in self.index.rounds if rules else ():
                calls = frozenset(id(round_.call) for round_ in (feed, *again))
                nested = getattr(feed, part)
                count = 0 if nested is None else min(sum(1 for _ in flatten(nested)), MAX_FED)
                for position in range(count):
                    view = view_class(self.index, feed, position)
                    facts = Facts(subject, view)
                    for rule in rules:
                        concerned = frozenset([id(view)]) if subject is Subject.TARGET else calls
                        for verdict in _held(rule, facts, view.origin, view, concerned, self.keras):
                            yield replace(verdict, behind=self._readers(view))

    def _readers(self, view: FeedView | TargetView) -> frozenset[int]:
        """Return the calls that read the input of the data; for targets, the model's call on its data."""
        if isinstance(view, TargetView):
            return frozenset([id(view.feed.call)])
        return frozenset(map(id, self.index.consumers.get(id(view.model_side), ())))

    def _loss_verdicts(self) -> Iterator[_Verdict]:
        """Yield each output of a model with the loss that ``compile``, or the program itself, gives it."""
        rules = self.rules.about(Subject.LOSS)
        for compilation in (*self.graph.compilations, *called_by_hand(self.index)) if rules else ():
            for position, _ in enumerate(flatten(compilation.network.outputs)):
                view = LossView(self.index, compilation, position)
                facts = Facts(Subject.LOSS, view)
                for rule in rules:
                    yield from _held(rule, facts, view.origin, view, frozenset([id(view)]), self.keras)

    def _argue(self, verdict: _Verdict) -> Finding:
        rule, case, facts = verdict.rule, verdict.case, verdict.facts
        location = verdict.origin.locate()
        witnesses: tuple[Witness, ...] = ()
        interpretation: str | None = None
        axes: tuple[ReadAxis, ...] = ()
        conditions: tuple[str, ...] = ()
        if isinstance(verdict.about, Call):
            view: LayerView = facts.view
            tells_roles = not ROLE_FACTS.isdisjoint(case.when.names)
            witnesses = evidence.of_call(self.index, verdict.about, with_roles=tells_roles)
            conditions = verdict.about.conditions
            interpretation, axes = view.reading, _axes(view.interpretation)
        elif isinstance(verdict.about, DeclarationView):
            reader = verdict.about.reader
            witnesses = evidence.of_declaration(self.index, verdict.about.declaration, reader)
            if reader is not None:
                conditions = reader.conditions
                interpretation = LayerView(self.index, reader).reading
                axes = _axes(reader.interpretation)
        elif isinstance(verdict.about, FeedView | TargetView):
            witnesses = evidence.of_feed(self.index, verdict.about)
            conditions = verdict.about.feed.call.conditions
        elif isinstance(verdict.about, LossView):
            witnesses = evidence.of_loss(self.index, verdict.about)
        message = case.message.fill(facts, rule.parameters)
        if self._is_refuted(verdict):
            witnesses = (*witnesses, Witness(_RAN, location))
        bound = verdict.bound(self.graph.keras)
        is_open = bound is not None and not bound.known
        if bound is not None and case.keras is None:
            message = f"{refuses(frozenset(bound.versions))} this: {message}"
        return Finding(
            rule.name,
            Severity.NOTE if is_open else self._severity(verdict),
            self._confidence(verdict),
            message,
            location,
            tuple(witness for witness in witnesses if not evidence.repeats(witness, message)),
            interpretation,
            None if case.tip is None else case.tip.fill_if_known(facts, rule.parameters),
            conditions,
            case.fix,
            None if case.fix is None else _repair(verdict),
            _layer_names(verdict),
            bound,
            axes,
            focus(
                verdict.origin,
                message,
                case.at,
                _positions(verdict.about, verdict.origin),
                _part(verdict.about),
            ),
        )


def _positions(about: Any, origin: Origin) -> tuple[str, ...]:
    """Return the parameters that the arguments of a finding's call bind to by position."""
    if not isinstance(about, Call):
        return ()
    if about.layer.kind == "operation":
        return places(about.layer.name or "")
    spec = spec_of(about.layer) if origin is about.layer.origin else None
    return () if spec is None else spec.parameters.positional


def _part(about: Any) -> Origin | None:
    """Return the size of an image that an operation notes: it is one argument of the call."""
    is_noted = isinstance(about, Call) and "size_order" in about.layer.config
    return about.layer.origin if is_noted else None


def _may_be_impossible(about: Any) -> bool:
    """Tell whether a call happens for one value of a choice, under a condition that may rule it out."""
    event = _event(about)
    if isinstance(about, DeclarationView) or not isinstance(event, Call):
        return False
    chosen = [isinstance(condition, Scenario) and condition.is_value for condition in event.conditions]
    return any(chosen) and not all(chosen)


def _axes(read: Interpretation | None) -> tuple[ReadAxis, ...]:
    """Return what a layer reads, axis by axis, as plain data."""
    if read is None:
        return ()
    return tuple(
        ReadAxis(name, render(size) if isinstance(size, Expression) else size)
        for name, size in zip(read.names, read.shape.sizes, strict=True)
    )


def _held(
    rule: Rule, facts: Facts, origin: Origin, about: Any, calls: frozenset[int], keras: Version | None
) -> Iterator[_Verdict]:
    """Yield the first case of a rule that holds; where the version of Keras is not known (None), also those
    before it that hold for some versions alone.
    """
    for case in rule.cases:
        if case.concerns(keras) and hold(case.when.conjuncts, facts, rule.parameters):
            yield _Verdict(rule, case, facts, origin, about, calls)
            if case.keras is None or keras is not None:
                return


def _repair(verdict: _Verdict) -> Repair | None:
    if isinstance(verdict.about, Call):
        return repair.of_call(verdict.facts)
    if isinstance(verdict.about, TargetView):
        return repair.of_target(verdict.about)
    if isinstance(verdict.about, FeedView):
        return repair.of_feed(verdict.about)
    return repair.of_declaration(verdict.about) if isinstance(verdict.about, DeclarationView) else None


def _layer_names(verdict: _Verdict) -> tuple[str, ...]:
    """Return the names that the author gave to the layers that a verdict is about."""
    if isinstance(verdict.about, Call):
        layers = [verdict.about.layer, unwrapped(verdict.about.layer)[0]]
    elif isinstance(verdict.about, DeclarationView):
        layers = [verdict.about.declaration.layer, *(call.layer for call in verdict.about.readers)]
    else:
        layers = []
    return tuple(dict.fromkeys(layer.name for layer in layers if isinstance(layer.name, str)))


def _superseded(argued: list[tuple[_Verdict, Finding]]) -> list[Finding]:
    """Return the findings without those that another one explains, which takes over severity and words."""
    by_call: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for position, (verdict, finding) in enumerate(argued):
        for call in verdict.calls | verdict.behind:
            by_call[finding.rule, call].append(position)
    taken: set[int] = set()
    findings: list[Finding] = []
    for verdict, finding in argued:
        for name in sorted(verdict.rule.supersedes):
            for position in {at for call in verdict.calls for at in by_call.get((name, call), ())}:
                consequence = argued[position][1]
                # what holds for some versions alone explains nothing that holds for all
                if finding.keras is None or finding.keras.known or finding.keras == consequence.keras:
                    taken.add(position)
                    finding = _with_consequence(finding, consequence)
        findings.append(finding)
    return [finding for position, finding in enumerate(findings) if position not in taken]


def _with_consequence(finding: Finding, consequence: Finding) -> Finding:
    said = Witness(f"{consequence.rule}: {consequence.message}", consequence.location)
    repeated = any(witness.quoted is not None for witness in finding.evidence)
    return replace(
        finding,
        severity=max(finding.severity, consequence.severity),
        evidence=finding.evidence if repeated else (*finding.evidence, said),
    )


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Return one finding of a rule for each place, as a builder is called five times: the strongest one."""
    best: dict[tuple[str, Location], Finding] = {}
    conditions: defaultdict[tuple[str, Location], set[str]] = defaultdict(set)
    for finding in findings:
        key = (finding.rule, finding.location)
        conditions[key].update(finding.conditions)
        if key not in best or _strength(finding) > _strength(best[key]):
            best[key] = finding
    return [_under(found, _left(found, conditions[key])) for key, found in best.items()]


def _left(finding: Finding, everywhere: set[str]) -> list[str]:
    """Return the conditions of a finding without the choices for all values of which it holds."""
    scenarios = [condition for condition in everywhere if isinstance(condition, Scenario)]
    held = Counter(condition.point for condition in scenarios)
    return [
        condition
        for condition in finding.conditions
        if not isinstance(condition, Scenario) or held[condition.point] < condition.values
    ]


def _under(finding: Finding, conditions: list[str]) -> Finding:
    """Return a finding under these conditions. A choice between values that no name tells apart was made
    elsewhere: that one of them does not suit says little where another one does.
    """
    told = replace(finding, conditions=tuple(map(str, conditions)))
    is_told = all(condition.is_told for condition in conditions if isinstance(condition, Scenario))
    return told if is_told else _at_most(told, Confidence.LOW)


def _strength(finding: Finding) -> tuple[int, int, int, int]:
    return (finding.severity, finding.confidence, -len(finding.conditions), len(finding.evidence))


def _as_sure_as_can_be(finding: Finding) -> Finding:
    """Return a finding that holds under a condition as one of medium confidence: nobody knows whether the
    condition is ever true.
    """
    return _at_most(finding, Confidence.MEDIUM) if finding.conditions else finding


def _at_most(finding: Finding, most: Confidence) -> Finding:
    return finding if finding.confidence <= most else replace(finding, confidence=most)


def _place_key(finding: Finding) -> tuple[str, int, int, int, str, str]:
    place = finding.location
    return (place.path, place.cell or 0, place.line or 0, place.column or 0, place.layer or "", finding.rule)
