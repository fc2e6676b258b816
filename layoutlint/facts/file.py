"""Facts about one input as a whole, a source file or a saved model; for rules about every subject."""

from __future__ import annotations

from typing import Any

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.registry import Subject, Table

TABLE = Table(Subject.FILE)


class FileView:
    """What facts about a file are computed from."""

    def __init__(self, index: Index) -> None:
        self.index = index


@TABLE.fact(Type.TRUTH, "the file calls `set_image_data_format('channels_first')`, anywhere")
def file_sets_channels_first(view: Any) -> Value:
    return view.index.sets_channels_first


@TABLE.fact(
    Type.TRUTH,
    "the default data format is one and the same in the whole file: nothing sets it, or statements of the "
    "module itself that set the same one",
)
def one_data_format(view: Any) -> Value:
    return view.index.has_one_data_format


@TABLE.fact(
    Type.TRUTH,
    "nothing sets the data format, but all declared images, and all axes that are written, have the channels "
    "first, in a program of the years of Theano",
)
def deduced_data_format(view: Any) -> Value:
    return view.index.graph.deduces_data_format


@TABLE.fact(Type.TRUTH, "the input is a saved model, not source")
def is_saved_model(view: Any) -> Value:
    return view.index.graph.is_saved


@TABLE.fact(Type.NUMBER, "the number of models that the file builds or holds")
def model_count(view: Any) -> Value:
    return len(view.index.graph.models)
