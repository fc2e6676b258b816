"""scikit-learn's metrics of targets and predictions: each call goes into the graph as an operation.

Source: the API reference of ``sklearn.metrics``, https://scikit-learn.org/stable/api/sklearn.metrics.html.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.model.graph import Call, Layer, Nested, Tensor

METRIC: Final = "metric"
"""The operation that stands in the graph for a metric."""
METRICS: Final = (
    "accuracy_score",
    "balanced_accuracy_score",
    "classification_report",
    "cohen_kappa_score",
    "confusion_matrix",
    "f1_score",
    "log_loss",
    "matthews_corrcoef",
    "precision_recall_curve",
    "precision_recall_fscore_support",
    "precision_score",
    "recall_score",
    "roc_auc_score",
    "roc_curve",
)


def _note(name: str, site: Site, arguments: Arguments) -> None:
    """Put a metric into the graph, if both of its arrays are known ones."""
    given = [array_of(arguments.get(at, key)) for at, key in enumerate(("y_true", "y_pred"))]
    arrays: list[Nested[Tensor]] = [array for array in given if array is not None]
    if len(arrays) == len(given):
        layer = Layer(METRIC, {}, site.origin, name, "operation")
        site.evaluator.record(
            Call(layer, arrays, {}, site.origin, conditions=tuple(site.evaluator.conditions))
        )


LIBRARY = Library(
    "metrics of scikit-learn",
    observers={f"sklearn.metrics.{name}": partial(_note, name) for name in METRICS},
)
