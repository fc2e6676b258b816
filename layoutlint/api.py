"""The Python interface: check paths, source texts, and models in memory.

None of these functions imports TensorFlow or runs the code that it looks at. Each returns a
:class:`~layoutlint.model.findings.Report`: the findings, and what was covered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import field

from layoutlint.model.findings import Report
from layoutlint.reports import full
from layoutlint.reports.style import PLAIN
from layoutlint.run import baseline as baselines
from layoutlint.run import changes
from layoutlint.run.check import Checked, examined, gather, of_opened
from layoutlint.run.check import check as check_paths
from layoutlint.run.configuration import Configuration, ConfigurationError, forced
from layoutlint.run.configuration import changes as changed
from layoutlint.run.examination import Examined
from layoutlint.run.inputs import Opened, open_model, open_text
from layoutlint.run.projects import Projects
from layoutlint.run.scenes import Scenes

Subject: TypeAlias = Any
"""A path, a source text, a ``keras.Model``, or several of them."""


class FramedReport(Report):
    """A report whose text shows each finding in its source."""

    scenes: Scenes = field(default_factory=Scenes)

    def __str__(self) -> str:
        return full.render(self, self.scenes, PLAIN)


def check(
    subject: Subject,
    *,
    configuration: Configuration | None = None,
    config: str | os.PathLike[str] | None = None,
    no_config: bool = False,
    baseline: str | os.PathLike[str] | None = None,
    since: str | None = None,
    allow_empty: bool = False,
    jobs: int | None = None,
    cache: bool = False,
    with_tensorflow: bool = False,
    **options: Any,
) -> Report:
    """Check a path, a source text, a model in memory, or a list of any of them.

    A ``str`` with a line break is source text, any other one is a path: a file, a folder or a glob pattern. A
    model is any object with Keras's ``get_config``.

    Keywords are the options of ``layoutlint check``, and every key of a configuration file with underscores:
    ``select="conv-single-step,rnn-single-step"``, ``min_confidence="high"``, ``fail_on="error"``. As there,
    each path uses the nearest configuration file, and texts and models use that of the current folder;
    ``config`` names one for all, ``no_config`` uses none, ``configuration`` is one that was made in Python.

    An input that cannot be read is not an exception but an entry of ``report.inputs`` with the status
    ``error``; then ``report.ok`` is false and ``report.exit_code`` is 2. Raises ConfigurationError for an
    option, a rule, a baseline or a revision that cannot be used.
    """
    if config is not None:
        configuration = forced(os.fspath(config))
    elif no_config:
        configuration = configuration or Configuration()
    asked = {"with_tensorflow": True} if with_tensorflow else {}
    projects = Projects(configuration, {**changed(options), **asked})
    checked = gather(_examined(_subjects(subject), projects, jobs, cache), projects)
    report = checked.report
    report.allows_empty = allow_empty
    try:
        if baseline is not None:
            baselines.apply(baselines.load(Path(baseline)), report)
        if since is not None:
            changes.keep(changes.since(since), report)
    except (baselines.BaselineError, changes.ChangesError) as error:
        raise ConfigurationError(str(error)) from None
    return _framed(checked)


def assert_clean(subject: Subject, **options: Any) -> None:
    """Raise AssertionError, with the findings in their source, unless ``check(subject, **options)`` is ok.

    It is not ok either where something could not be read, or where there was nothing to check.
    """
    report = check(subject, **options)
    if not report.ok:
        raise AssertionError(f"layoutlint: {report!r}\n\n{report}")


def check_path(path: str | os.PathLike[str], configuration: Configuration | None = None) -> Report:
    """Check a file, a folder or a glob pattern; without a configuration the defaults hold.

    An input that cannot be read is no exception but an entry of ``report.inputs`` with the status ``error``.
    Raises ConfigurationError for a rule, a parameter or a rule file that cannot be used.
    """
    return _framed(check_paths([os.fspath(path)], configuration or Configuration()))


def check_source(text: str, path: str = "<string>", configuration: Configuration | None = None) -> Report:
    """Check the text of a Python program; ``path`` is what findings call it.

    Lines and columns count from 1. Raises ConfigurationError, never for what the text holds.
    """
    configuration = configuration or Configuration()
    return _judged(open_text(text, path, configuration.reach), configuration)


def check_model(model: Any, configuration: Configuration | None = None) -> Report:
    """Check a model in memory: any object with Keras's ``get_config`` and built shapes.

    Shapes are read with the batch first and the other axes in the order of each layer's ``data_format``. No
    weight is looked at and nothing is run. Findings call the model by its name in angle brackets. Raises
    ConfigurationError, never for what the model holds.
    """
    return _judged(open_model(model), configuration or Configuration())


def _judged(opened: Opened, configuration: Configuration) -> Report:
    return _framed(gather([of_opened(opened, configuration)], Projects(configuration)))


def _framed(checked: Checked) -> Report:
    report = checked.report
    fields = {name: getattr(report, name) for name in report.__struct_fields__}
    return FramedReport(**fields, scenes=checked.scenes)


def _subjects(subject: Subject) -> Iterator[Any]:
    """Yield the single subjects: a model is never taken apart."""
    if isinstance(subject, str | os.PathLike) or hasattr(subject, "get_config"):
        yield subject
    elif isinstance(subject, Iterable) and not isinstance(subject, bytes | dict):
        for each in subject:
            yield from _subjects(each)
    else:
        raise TypeError(f"a path, a text or a model is checked, not {type(subject).__name__}")


def _is_path(subject: Any) -> bool:
    return isinstance(subject, os.PathLike) or (isinstance(subject, str) and "\n" not in subject)


def _examined(
    subjects: Iterable[Any], projects: Projects, jobs: int | None, cached: bool
) -> Iterator[Examined]:
    """Yield what there is to say of each subject, in order; paths that follow each other share
    their workers.
    """
    here = projects.of_folder(os.getcwd())  # noqa: PTH109
    for are_paths, group in groupby(subjects, key=_is_path):
        if are_paths:
            yield from examined([os.fspath(path) for path in group], projects, jobs, cached=cached)
            continue
        for subject in group:
            is_text = isinstance(subject, str)
            opened = open_text(subject, "<string>", here.reach) if is_text else open_model(subject)
            yield of_opened(opened, here)
