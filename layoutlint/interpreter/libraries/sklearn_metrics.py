"""scikit-learn's metrics of targets and predictions: each call goes into the graph as an operation.

Source: the API reference of ``sklearn.metrics``, https://scikit-learn.org/stable/api/sklearn.metrics.html.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import Value, one_of
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Nested, Tensor
from layoutlint.model.sizes import unknown_size

METRIC: Final = "metric"
"""The operation that stands in the graph for a metric."""
METRICS: Final = (
    "accuracy_score",
    "balanced_accuracy_score",
    "classification_report",
    "cohen_kappa_score",
    "confusion_matrix",
    "explained_variance_score",
    "f1_score",
    "log_loss",
    "matthews_corrcoef",
    "max_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "mean_squared_log_error",
    "median_absolute_error",
    "precision_recall_curve",
    "precision_recall_fscore_support",
    "precision_score",
    "r2_score",
    "recall_score",
    "roc_auc_score",
    "roc_curve",
    "root_mean_squared_error",
)


def _array(value: Value) -> Tensor | None:
    """Return the array that a metric takes: a list of numbers, as a loop gathers them, counts as one."""
    if not isinstance(value, list) or not value:
        return array_of(value)
    item = join_all(map(one_of, value))
    if not isinstance(item, Tensor) or item.shape is None:
        return None
    return Tensor(Shape((Axis(unknown_size()), *item.shape)), item.producer, item.origin)


def _note(name: str, site: Site, arguments: Arguments) -> None:
    """Put a metric into the graph, if both of its arrays are known ones."""
    given = [_array(arguments.get(at, key)) for at, key in enumerate(("y_true", "y_pred"))]
    arrays: list[Nested[Tensor]] = [array for array in given if array is not None]
    if len(arrays) == len(given):
        layer = Layer(METRIC, {}, site.origin, name, "operation")
        site.evaluator.record(
            Call(layer, arrays, {}, site.origin, conditions=tuple(site.evaluator.conditions))
        )


def _confusion_matrix(site: Site, arguments: Arguments) -> Value:
    """``confusion_matrix``: a row and a column for each label, of which the data may have any number."""
    count = unknown_size()
    return Tensor(Shape.of(count, count), None, site.origin)


LIBRARY = Library(
    "metrics of scikit-learn",
    functions={"sklearn.metrics.confusion_matrix": _confusion_matrix},
    observers={f"sklearn.metrics.{name}": partial(_note, name) for name in METRICS},
)
