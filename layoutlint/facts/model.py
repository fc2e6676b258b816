"""Facts about one model."""

from __future__ import annotations

from layoutlint.facts.fact_values import UNKNOWN, SizesOf, Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.registry import Subject, Table
from layoutlint.model.graph import Nested, Network, Tensor, flatten

TABLE = Table(Subject.MODEL)


class ModelView:
    """What facts about a model are computed from."""

    def __init__(self, index: Index, network: Network) -> None:
        self.index = index
        self.network = network


@TABLE.fact(Type.TEXT, "the model's class: `Sequential`, `Functional`, or the name of a subclass")
def model_class(view: ModelView) -> Value:
    return view.network.class_name


@TABLE.fact(Type.TEXT, "the name that the model was given")
def model_name(view: ModelView) -> Value:
    return view.network.name or UNKNOWN


@TABLE.fact(Type.NUMBER, "the number of layer calls in the model")
def call_count(view: ModelView) -> Value:
    return sum(call.layer.kind != "input" for call in view.network.calls)


def _count(network: Network, ends: Nested[Tensor]) -> Value:
    return UNKNOWN if network.has_open_ends(ends) else len(list(flatten(ends)))


@TABLE.fact(Type.NUMBER, "the number of the model's inputs")
def input_count(view: ModelView) -> Value:
    return _count(view.network, view.network.inputs)


@TABLE.fact(Type.NUMBER, "the number of the model's outputs")
def output_count(view: ModelView) -> Value:
    return _count(view.network, view.network.outputs)


@TABLE.fact(Type.LIST, "the sizes of the first input, the batch first")
def model_input(view: ModelView) -> Value:
    return _sizes(view.network.inputs)


@TABLE.fact(Type.LIST, "the sizes of the first output, the batch first")
def model_output(view: ModelView) -> Value:
    return _sizes(view.network.outputs)


def _sizes(nested: object) -> Value:
    first = next(flatten(nested), None)
    shape = getattr(first, "shape", None)
    return UNKNOWN if shape is None else SizesOf(shape)
