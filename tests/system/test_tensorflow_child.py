from __future__ import annotations

import _thread
import threading

import pytest

from layoutlint.system.tensorflow_child import Child, ChildError

ECHO = "tests.system.echoing_child"


def test_one_process_answers_one_question_after_another() -> None:
    child = Child(ECHO)
    assert [child.ask(text, 20) for text in (b"one", b"two")] == [b"one", b"two"]
    child.end()


def test_the_reason_is_the_last_line_that_says_something() -> None:
    with pytest.raises(ChildError, match=r"^the reason$"):
        Child(ECHO).ask(b"fail", 20)


def test_an_interrupted_question_ends_the_process() -> None:
    child = Child(ECHO)
    child.ask(b"one", 20)
    process = child._process
    assert process is not None
    threading.Timer(0.5, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        child.ask(b"wait", 20)
    assert process.poll() is not None
