from __future__ import annotations

import pytest

from tests.cli.helpers import Runner


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)
