"""The Python interface: check a path, a source text, or a model in memory.

None of these functions imports TensorFlow or runs the code that it looks at. Each returns a
:class:`~layoutlint.model.findings.Report`: the findings, and what was covered. Without a configuration the
defaults hold, and files of configuration are left alone
(:meth:`layoutlint.run.projects.Projects.of` finds that of a path).
"""

from __future__ import annotations

import os
from typing import Any

from layoutlint.model.findings import Report
from layoutlint.run.check import check, judge_all
from layoutlint.run.configuration import Configuration
from layoutlint.run.inputs import open_model, open_text


def check_path(path: str | os.PathLike[str], configuration: Configuration | None = None) -> Report:
    """Check a file, a folder or a glob pattern, as ``layoutlint check`` does.

    An input that cannot be read is no exception but an entry of ``report.inputs`` with the status ``error``.
    Raises ConfigurationError for a rule, a parameter or a rule file that cannot be used.
    """
    return check([os.fspath(path)], configuration or Configuration()).report


def check_source(text: str, path: str = "<string>", configuration: Configuration | None = None) -> Report:
    """Check the text of a Python program; ``path`` is what findings call it.

    Lines and columns count from 1. Raises ConfigurationError, never for what the text holds.
    """
    configuration = configuration or Configuration()
    return judge_all([open_text(text, path, configuration.reach)], configuration).report


def check_model(model: Any, configuration: Configuration | None = None) -> Report:
    """Check a model in memory: any object with Keras's ``get_config`` and built shapes.

    Shapes are read with the batch first and the other axes in the order of each layer's ``data_format``. No
    weight is looked at and nothing is run. Findings call the model by its name in angle brackets. Raises
    ConfigurationError, never for what the model holds.
    """
    return judge_all([open_model(model)], configuration or Configuration()).report
