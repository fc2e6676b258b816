"""layoutlint: a static linter for input-layout mistakes in Keras models.

The Python interface, typed, and free of TensorFlow::

    import layoutlint

    report = layoutlint.check("train.py")  # or source text, a keras.Model, or a list of them
    print(report)  # the full report
    for finding in report.findings:
        print(finding.location, finding.rule, finding.message)

    def test_my_model():
        layoutlint.assert_clean(build_model())

What ``__all__`` names is public; all else may change without notice. Everything is imported when it is first
used, so ``import layoutlint`` costs nothing.
"""

from __future__ import annotations

# nothing is imported here: `python -m` runs this before the current folder is off the import path
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from layoutlint.api import assert_clean, check, check_model, check_path, check_source
    from layoutlint.model.findings import Confidence, Coverage, Finding, Report, Severity
    from layoutlint.model.graph import Graph
    from layoutlint.run.configuration import Configuration, ConfigurationError

__version__ = "0.1.0"

__all__ = [
    "Confidence",
    "Configuration",
    "ConfigurationError",
    "Coverage",
    "Finding",
    "Graph",
    "Report",
    "Severity",
    "__version__",
    "assert_clean",
    "check",
    "check_model",
    "check_path",
    "check_source",
]

_HOMES = {
    "assert_clean": "api",
    "check": "api",
    "check_model": "api",
    "check_path": "api",
    "check_source": "api",
    "Configuration": "run.configuration",
    "ConfigurationError": "run.configuration",
    "Confidence": "model.findings",
    "Coverage": "model.findings",
    "Finding": "model.findings",
    "Report": "model.findings",
    "Severity": "model.findings",
    "Graph": "model.graph",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'layoutlint' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"layoutlint.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
