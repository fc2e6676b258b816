"""Which rules a configuration asks for: by name, by group, or by a pattern of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from layoutlint.engine.groups import SUPPRESSION
from layoutlint.model.unreadable import brief
from layoutlint.run.configuration import Configuration, ConfigurationError, named_rules
from layoutlint.run.suppressions import UNUSED, Patterns

if TYPE_CHECKING:
    from layoutlint.engine.rulebook import Rulebook
    from layoutlint.engine.rules import Rule


class RuleChoice:
    """The rules that there are under a configuration, and those that it chooses.

    Raises ConfigurationError for a rule file with a mistake, a rule that does not exist, and a parameter that
    a rule does not have.
    """

    def __init__(self, configuration: Configuration) -> None:
        from layoutlint.engine.rules import RuleError, catalogue

        self._configuration = configuration
        try:
            self._rules = catalogue(configuration.rules)
        except RuleError as error:
            raise ConfigurationError(str(error)) from None
        self.groups = groups(self._rules.values())
        for term in named_rules(configuration):
            if not matching(term, self.groups):
                raise ConfigurationError(unknown_rule(term, {*self.groups, *self.groups.values()}))
        for name, values in configuration.parameters.items():
            if name not in self._rules:
                raise ConfigurationError(unknown_rule(name, self._rules))
            try:
                self._rules[name] = self._rules[name].with_parameters(values)
            except ValueError as error:
                raise ConfigurationError(str(error)) from None

    @property
    def rules(self) -> Rulebook:
        """The rules that are selected and not ignored, with their parameters."""
        from layoutlint.engine.rulebook import Rulebook

        return Rulebook(rule for name, rule in self._rules.items() if self._is_chosen(name))

    @property
    def judges_suppressions(self) -> bool:
        """Whether comments that silence nothing are reported."""
        return self._is_chosen(UNUSED)

    @property
    def left_out(self) -> frozenset[str]:
        """The names of the rules that are not run."""
        return frozenset(name for name in self.groups if not self._is_chosen(name))

    def _is_chosen(self, name: str) -> bool:
        selected = self._expanded(self._configuration.select) or self.groups.keys()
        return name in selected and name not in self._expanded(self._configuration.ignore)

    def _expanded(self, terms: Iterable[str]) -> frozenset[str]:
        return frozenset(name for term in terms for name in matching(term, self.groups))

    @property
    def patterns(self) -> Patterns:
        """What is ignored by file and by layer, rule by rule."""
        written = self._configuration.patterns
        return Patterns(self._table(written.files), self._table(written.layers), written.root)

    def _table(self, table: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        return {pattern: tuple(self._expanded(terms)) for pattern, terms in table.items()}


def patterns_of(configuration: Configuration) -> Patterns:
    """Return what a configuration ignores by file and by layer, rule by rule."""
    written = configuration.patterns
    return RuleChoice(configuration).patterns if written.files or written.layers else written


def groups(rules: Iterable[Rule]) -> dict[str, str]:
    """Return the group of each rule, and of what every run judges besides."""
    return {**{rule.name: rule.group for rule in rules}, UNUSED: SUPPRESSION}


def matching(term: str, groups: Mapping[str, str]) -> frozenset[str]:
    """Return the rules that a term stands for: a name, a group, or a pattern (``fed-*``)."""
    return frozenset(name for name, group in groups.items() if group == term or fnmatchcase(name, term))


def chosen_rules(configuration: Configuration) -> Rulebook:
    """Return the rules that the configuration selects, with its parameters. Raises ConfigurationError."""
    return RuleChoice(configuration).rules


def unknown_rule(term: str, known: Iterable[str]) -> str:
    """Return what to say of a name or a pattern that no rule has."""
    import difflib

    term = brief(term, 60)
    if any(sign in term for sign in "*?["):
        return f"no rule matches {term}; `layoutlint rules` lists them"
    near = difflib.get_close_matches(term, known, n=1)
    return f"unknown rule {term}; " + (
        f"did you mean {near[0]}?" if near else "`layoutlint rules` lists them"
    )
