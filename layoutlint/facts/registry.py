"""The registry of facts: each with its name, type and meaning, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.facts.fact_values import Type, Value


class Subject(StrEnum):
    """What a rule looks at, one at a time."""

    LAYER = "layer"
    DECLARATION = "declaration"
    MODEL = "model"
    FEED = "feed"
    TARGET = "target"
    LOSS = "loss"
    FILE = "file"


Compute: TypeAlias = Callable[[Any], Value]


class Fact(Struct, frozen=True):
    """A named value: ``compute`` takes the subject's view and returns the value, or UNKNOWN.

    ``of_class`` tells, from the classes of a layer and of its wrappers alone, whether the fact can be
    anything but one and the same value: the rules that ask for another are then left out for all layers of
    the class. ``of_graph`` tells the same from the index of a graph, for all of its layers of a class.
    """

    name: str
    type: Type
    meaning: str
    subject: Subject
    compute: Compute
    choices: tuple[str, ...] = ()
    of_class: Callable[[Any], bool] | None = None
    of_graph: Callable[[Any], bool] | None = None


class Table(dict[str, Fact]):
    """The facts of one subject, filled by decorating the functions that compute them."""

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.subject = subject

    def fact(
        self,
        of_type: Type,
        meaning: str,
        choices: tuple[str, ...] = (),
        *,
        of_class: Callable[[Any], bool] | None = None,
        of_graph: Callable[[Any], bool] | None = None,
    ) -> Callable[[Compute], Compute]:
        """Enter a function as the fact of its name."""

        def enter(compute: Compute) -> Compute:
            name = compute.__name__
            if name in self:
                raise ValueError(f"two facts called {name}")
            self[name] = Fact(name, of_type, meaning, self.subject, compute, choices, of_class, of_graph)
            return compute

        return enter


FURTHER: Final = (
    "layer_errors",
    "reshapes",
    "joined_blocks",
    "permutations",
    "axis_operations",
    "batch_axis",
    "repeated_samples",
    "consumers",
    "softmax",
    "predicted_classes",
    "predicted_units",
    "weighted_sums",
    "broadcasts",
    "summed_samples",
    "single_value_statistics",
    "lost_axes",
    "gradient_norms",
    "score_masks",
    "picked_items",
    "cut_windows",
    "positions",
    "ids",
    "one_hot",
    "interpreters",
    "sequence_masks",
    "unread",
    "missing_axes",
    "other_ranks",
    "skip_connections",
    "undefined",
    "written",
    "sequences",
    "causal_layers",
    "attended_sequences",
    "embeddings",
    "given_sizes",
    "image_axes",
    "crops",
    "colour_means",
    "misread",
    "reversals",
    "preparation",
    "backbones",
    "crossed_names",
    "unpacked_names",
    "decoders",
    "turned_data",
    "whole_arrays",
    "fed_images",
    "prepared_data",
    "fed_labels",
    "shuffled_samples",
    "stored_items",
    "spelled",
    "stored_weights",
    "shared_weights",
    "given_weights",
    "flatten_order",
    "spatial_outputs",
    "scaling_layers",
)
"""Modules that add facts to a subject's table when they are imported, in the order of the documentation."""


@cache
def all_facts() -> Mapping[Subject, Mapping[str, Fact]]:
    """Return every subject's own facts: those of its own module first, each module's in the order in which
    they were written, whatever was imported first.
    """
    order = {import_module(f"layoutlint.facts.{name}").__name__: place for place, name in enumerate(FURTHER)}
    tables = {subject: import_module(f"layoutlint.facts.{subject.value}").TABLE for subject in Subject}
    return {
        subject: {
            fact.name: fact
            for fact in sorted(table.values(), key=lambda fact: order.get(fact.compute.__module__, -1))
        }
        for subject, table in tables.items()
    }


@cache
def facts_of(subject: Subject) -> Mapping[str, Fact]:
    """Return the facts that a rule about this subject may use: its own, and those of the file."""
    return {**all_facts()[Subject.FILE], **all_facts()[subject]}


class Facts(dict[str, Value]):
    """The facts of one subject: each is computed when it is first asked for, and kept."""

    __slots__ = ("_facts", "view")

    def __init__(self, subject: Subject, view: Any) -> None:
        self.view = view
        self._facts = facts_of(subject)

    def __missing__(self, name: str) -> Value:
        value = self[name] = self._facts[name].compute(self.view)
        return value
