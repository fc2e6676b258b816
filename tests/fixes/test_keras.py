"""Real Keras judges the fixed programs: what crashed runs, and the layers read what the fix promised."""

from __future__ import annotations

import pytest

from layoutlint.engine.examples import examples_of
from tests.fixes.helpers import RULES, findings_of, fixed
from tests.fixes.test_fixes import CASES, HEAD

MISSING = (FileNotFoundError, ModuleNotFoundError, EOFError, OSError, SystemExit)
"""What a program meets that has no data here."""


def run(text: str) -> dict[str, object] | BaseException:
    """What becomes of a program; skipped if it reads or downloads data."""
    if "keras.datasets" in text:
        pytest.skip("the program downloads its data")
    end = ended(text)
    if isinstance(end, MISSING):
        pytest.skip("the program reads data that is not here")
    return end


def ended(text: str) -> dict[str, object] | BaseException:
    """The names of a program after it has run, or what stopped it."""
    import keras

    from tests.oracle.session import begin

    names: dict[str, object] = {"__name__": "program"}
    begin()
    keras.config.set_image_data_format("channels_last")
    try:
        exec(compile(text, "program.py", "exec"), names)
    except (Exception, SystemExit) as error:
        return error
    return names


OLD = ("batch of Keras 2", "backend")
"""Keras 3 does not know these arguments and functions any more."""

RUNNING = [name for name, (text, _) in CASES.items() if "np.load" not in text and name not in OLD]


@pytest.mark.parametrize("name", RUNNING)
def test_a_fixed_program_runs(name):
    text, _ = CASES[name]
    outcome = fixed(HEAD + text)
    after = run(outcome.text)
    if "data_format=" in outcome.text and isinstance(after, Exception):
        pytest.skip("TensorFlow convolves channels first on a GPU alone")
    assert isinstance(after, dict), after
    crashes = any(done.finding.severity.name == "ERROR" for done in outcome.applied)
    if crashes:
        assert isinstance(run(HEAD + text), Exception), "Keras refused the program before"


def test_a_safe_fix_changes_no_result():
    """Before it there was none: Keras stops the program."""
    texts = [HEAD + text for text, _ in CASES.values()]
    texts += [e.text for rule in RULES for e in examples_of(rule) if e.language == "python"]
    ends = {text: ended(text) for text in texts if fixed(text, unsafe=False).applied}
    stopped = [text for text, end in ends.items() if not isinstance(end, MISSING)]
    assert len(stopped) >= 9
    for text in stopped:
        assert isinstance(ends[text], ValueError), text
        assert isinstance(ended(fixed(text).text), dict), text


EXAMPLES = [
    example
    for rule in RULES
    for example in examples_of(rule)
    if rule.fixes and example.language == "python" and not example.is_good
]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}:{e.line}" for e in EXAMPLES])
def test_the_examples_run_once_they_are_fixed(example):
    outcome = fixed(example.text)
    if findings_of(outcome.text):
        pytest.skip("the example has a mistake that no fix takes away")
    after = run(outcome.text)
    if isinstance(after, ImportError):
        pytest.skip(f"needs {after}")
    assert isinstance(after, dict), after


def test_the_transpose_moves_what_the_reshape_has_mixed():
    text = """\
import numpy as np
from keras.layers import Dense

images = np.random.default_rng(0).random((2, 4, 5, 3))
turned = images.reshape(2, 3, 4, 5)
model = Dense(1)
"""
    import numpy as np

    before, after = run(text), run(fixed(text).text)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    wanted = np.moveaxis(before["images"], -1, 1)
    assert not np.array_equal(before["turned"], wanted)
    assert np.array_equal(after["turned"], wanted)
