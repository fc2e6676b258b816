"""The page about versions of Keras, made from the tables that decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.knowledge.keras_versions import (
    ANY_RELEASE,
    BACKENDS,
    DROPPED_CLASSES_OF_KERAS_1,
    HINTS,
    KEYWORDS_OF_KERAS_1,
    METHODS,
    NAMES,
    OPTIMIZER_KEYWORDS,
)
from layoutlint.layers.versions import DIFFERENCES, KEYWORDS, Keywords, VersionDifference
from layoutlint.model.keras_version import BEFORE_3, Version

_INTRODUCTION: Final = """\
# Which Keras?

<!-- Made by `python -m layoutlint.readers > docs/keras-versions.md`; do not edit. -->

Keras 3 refuses some code that runs under Keras 2 (`tf.keras` up to TensorFlow 2.15, `tf_keras`), and accepts
some code that Keras 2 refuses. Every finding is judged for the version that the code is for. `layoutlint
check -v` prints this version for each input, and why:

    train.py: Keras 2: line 2 imports tensorflow.python.keras

Where the version is unknown, code that only one version refuses is a note of low confidence ("Keras 3
refuses this: …"), which `--min-confidence low` shows. Set the version with `--keras 2`, or in the
configuration:

```toml
[tool.layoutlint]
keras = "2"
```

## How the version is found

The first of these that gives a version is used.

1. `--keras` or the configuration.
2. The file itself: names that only one version has, by the tables below. Code in `try: … except ImportError`
   or under a condition on the version is for several versions and is ignored, and so are signs that
   contradict each other.
   Of what Keras 1 and 2 have in common, the imported modules may say that it is Keras 1, and so may most
   files of the folder where the file writes the kernel of a convolution as Keras 1 does, `Conv2D(64, 3, 3)`.
3. The program's own modules that the file imports.
4. What a notebook installs (`!pip install tensorflow==2.10`), then what the project requires:
   `requirements*.txt`, `pyproject.toml`, `setup.py` and `setup.cfg`, `environment.yml`, `Pipfile`,
   `Pipfile.lock`, `poetry.lock`, `uv.lock`, `pdm.lock` next to the file or above it, the nearest first, up
   to the folder with `.git` (without one: up to the current folder). A range is used if it allows only one
   version. `tf.keras` is Keras 3 from TensorFlow 2.16 on.
5. Hints in the file: arguments of only one version, and names that TensorFlow still has besides Keras 3.
6. The other Python files of the folder, if they agree or most are for Keras 1, then models and weights
   saved there.

The version of a saved model is in its file (`keras_version`), or is found by the form of its layers.
`keras` in the configuration is only for source.

Keras 1 is found by its arguments and layers; its shapes are read as those of Keras 2. A program of Keras
1 with the channels first in every declared image and in every axis is read in Theano's order, channels
first. So is one of Keras 2 that names something of the years in which Keras ran on Theano (`theano`,
`keras.layers.merge`, `keras.engine.topology` …), if it works along axis 1 of its images too, or if Keras
would refuse it with the channels last.

Keras 2 read `Conv2D(64, 3, 3)` as Keras 1 did up to 2.3, and as strides of 3 from 2.4 on and as `tf.keras`.
In a program of Keras 2 that imports `keras` alone and names something of the years before 2.4 (as above, or
`tf.Session`, `tf.placeholder` …) it has a kernel of (3, 3); where nothing says which release it is, the size
of the kernel is unknown.
"""


def document() -> str:
    """``docs/keras-versions.md``."""
    return "\n".join([_INTRODUCTION, *_names(), *_arguments(), *_differences()])


def _spoken(versions: frozenset[Version]) -> str:
    return "1, 2" if versions == BEFORE_3 else ", ".join(map(str, sorted(versions)))


def _code(words: str) -> str:
    return ", ".join(f"`{word}`" for word in words.split())


def _names() -> Iterator[str]:
    yield "## Names of one version\n"
    yield "`keras.x` also means `tf.keras.x`, except where a row says `keras` only.\n"
    yield "| Keras | what |\n|---|---|"
    for row in NAMES:
        only = " (imported from `keras` only)" if row.alone else ""
        yield f"| {_spoken(row.versions)} | {_code(row.names)}{only} |"
    for method, versions in METHODS.items():
        yield f"| {_spoken(versions)} | `model.{method}(…)` |"
    yield f"| 1 | arguments of layers and `fit`: {_code(' '.join(KEYWORDS_OF_KERAS_1))}, `nb_epoch` |"
    yield f"| 1 | layers: {_code(' '.join(sorted(DROPPED_CLASSES_OF_KERAS_1)))} |"
    for backend, versions in BACKENDS.items():
        yield f'| {_spoken(versions)} | `os.environ["KERAS_BACKEND"] = "{backend}"` |'
    yield '| 2 | `os.environ["TF_USE_LEGACY_KERAS"] = "1"` |'
    for package, versions in ANY_RELEASE.items():
        if len(versions) < 2 or versions == BEFORE_3:
            yield f"| {_spoken(versions)} | the package `{package}` among the requirements |"
    yield f"| {_spoken(HINTS.versions)} (a hint) | {_code(HINTS.names)} |"
    yield ""


def _arguments() -> Iterator[str]:
    yield "## Arguments of only one version\n"
    yield "The others refuse them; in code of unknown version they are a hint.\n"
    yield "| Keras | arguments | of |\n|---|---|---|"
    for row in KEYWORDS:
        yield f"| {_spoken(row.versions)} | {_code(row.names)} | {_classes(row)} |"
    for word, versions in OPTIMIZER_KEYWORDS.items():
        yield f"| {_spoken(versions)} | `{word}` | optimizers (no finding) |"
    yield ""


def _classes(row: Keywords) -> str:
    if row.classes:
        return _code(row.classes)
    return f"all layers but {_code(row.but)}"


def _differences() -> Iterator[str]:
    yield "## Other differences\n"
    yield "| Keras | what | for example | input |\n|---|---|---|---|"
    for row in DIFFERENCES:
        yield f"| {_spoken(row.versions)} | {row.words} | `{_call(row)}` | `{row.shape}` |"
    yield "| 1, 2 | Python lists of numbers as data, and as targets with them | `model.predict([4.0])` | |"
    yield ""
    yield "`padding` in capitals is refused only for symbolic tensors: for arrays, and inside of a custom"
    yield "`call`, TensorFlow gets it, which accepts it.\n"
    yield "Tests compare every row with Keras 3.15 and tf_keras 2.20."
    yield ""


def _call(row: VersionDifference) -> str:
    given = ", ".join(f"{name}={value!r}" for name, value in row.arguments.items())
    return f"{row.class_name}({given})"
