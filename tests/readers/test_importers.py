"""A module is read in the order of the axes that the programs which import it set."""

from __future__ import annotations

import json

import pytest

from layoutlint.api import check_path

BLOCKS = """
from keras.layers import Activation, BatchNormalization, Conv2D, Input, MaxPooling2D, concatenate
from keras.models import Model


def block(x):
    one = Conv2D(96, (1, 1), data_format="channels_first")(x)
    two = MaxPooling2D(pool_size=3, strides=1, padding="same", data_format="channels_first")(x)
    return concatenate([Activation("relu")(BatchNormalization(axis=1)(one)), two], axis=1)


def network(shape):
    images = Input(shape)
    x = BatchNormalization(axis=1)(Conv2D(64, (7, 7), strides=(2, 2))(images))
    return Model(images, block(MaxPooling2D((3, 3), strides=2)(x)))
"""
SETS = "from keras import backend as K\nK.set_image_data_format('channels_first')\n"


@pytest.mark.parametrize(
    ("other", "is_quiet"),
    [
        (SETS + "from blocks import *\n", True),
        ("import keras.backend as K\nK.set_image_dim_ordering('th')\nimport blocks\n", True),
        (SETS, False),
        (SETS.replace("first", "last") + "from blocks import network\n", False),
        ("from blocks import network\n", False),
    ],
)
@pytest.mark.parametrize("is_notebook", [False, True])
def test_the_order_that_its_importer_sets(tmp_path, other, is_quiet, is_notebook):
    (tmp_path / "blocks.py").write_text(BLOCKS)
    if is_notebook:
        cells = [{"cell_type": "code", "source": other.splitlines(keepends=True)}]
        (tmp_path / "use.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    else:
        (tmp_path / "use.py").write_text(other)
    report = check_path(tmp_path / "blocks.py")
    assert [each.status for each in report.inputs] == ["checked"]
    assert (not report.findings) is is_quiet


@pytest.mark.parametrize(
    ("where", "imports", "is_quiet"),
    [
        ("use.py", "from nets.blocks import network", True),
        ("use.py", "import nets.blocks as blocks", True),
        ("use.py", "from nets import base, blocks", True),
        ("use.py", "from .nets.blocks import network", True),
        ("use.py", "from nets.blocks_of_another import network", False),
        ("use.py", "from nets import my_blocks", False),
        ("nets/use.py", "from .blocks import network", True),
        ("nets/use.py", "from . import blocks", True),
        ("other/use.py", "from blocks import network", False),
    ],
)
def test_the_order_that_an_importer_above_sets(tmp_path, where, imports, is_quiet):
    for folder in (".git", "nets", "other"):
        (tmp_path / folder).mkdir()
    (tmp_path / "nets" / "blocks.py").write_text(BLOCKS)
    (tmp_path / where).write_text(f"{imports}\n{SETS}model = network((3, 224, 224))\n")
    report = check_path(tmp_path / "nets" / "blocks.py")
    assert [each.status for each in report.inputs] == ["checked"]
    assert (not report.findings) is is_quiet


def test_what_lies_above_the_project_is_not_looked_at(tmp_path):
    (tmp_path / "project" / ".git").mkdir(parents=True)
    (tmp_path / "project" / "blocks.py").write_text(BLOCKS)
    (tmp_path / "use.py").write_text(
        f"from project.blocks import network\n{SETS}model = network((3, 224, 224))\n"
    )
    assert check_path(tmp_path / "project" / "blocks.py").findings
