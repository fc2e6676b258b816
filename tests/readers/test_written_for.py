"""The version of Keras that a program is written for: what says so, and what is believed."""

from __future__ import annotations

import ast
from pathlib import Path

import keras
import numpy as np
import pytest
import tf_keras

from layoutlint.interpreter.language.keras_signs import signs_in
from layoutlint.knowledge.keras_versions import NAMES, OPTIMIZER_KEYWORDS, NamesOfVersions
from layoutlint.readers import source
from layoutlint.readers.document import document
from layoutlint.readers.formats import read_model

PROGRAMS: dict[str, tuple[int | None, str]] = {
    # what is imported
    "from tensorflow.python.keras.layers import Dense": (2, "line 1 imports tensorflow.python.keras"),
    "import tf_keras as keras": (2, "line 1 imports tf_keras"),
    "from keras.layers.core import Dense": (2, "line 1 imports keras.layers.core"),
    "from keras.layers.merge import add": (2, "keras.layers.merge"),
    "from keras.engine import Layer": (2, "keras.engine"),
    "from keras import ops": (3, "line 1 imports keras.ops"),
    "from tensorflow.keras import ops": (3, "imports tf.keras.ops"),
    "import keras_hub": (3, "keras_hub"),
    "import tensorflow_addons as tfa": (2, "tensorflow_addons"),
    "import keras": (None, "is unknown"),
    "from tensorflow import keras": (None, "is unknown"),
    "from tensorflow.keras.layers import Dense, LSTM": (None, "is unknown"),
    "from keras.saving import register_keras_serializable": (None, "is unknown"),
    "import keras_tuner": (None, "is unknown"),
    "from .keras.layers.core import Dense": (None, "is unknown"),
    # what is used
    "import keras\nx = keras.ops.zeros(3)": (3, "line 2 uses keras.ops"),
    "import tensorflow as tf\nx = tf.keras.ops.zeros(3)": (3, "line 2 uses tf.keras.ops"),
    "import tensorflow as tf\nsession = tf.Session()": (2, "line 2 uses tensorflow.Session"),
    "from keras import backend as K\nx = K.sum(y)": (2, "line 2 uses keras.backend.sum"),
    "from tensorflow.keras import backend as K\nx = K.sum(y)": (None, "is unknown"),
    "from tensorflow.keras import backend as K\nx = K.learning_phase()": (2, "keras.backend.learning_phase"),
    "class keras:\n    ops = 1\nx = keras.ops": (None, "is unknown"),
    # what is called
    "model.fit_generator(batches)": (2, "line 1 calls fit_generator"),
    "def fit_generator(x): ...\nmodel.fit_generator(batches)": (None, "is unknown"),
    "from keras.layers import Convolution2D\nConvolution2D(8, 3, 3, border_mode='same')": (1, "border_mode"),
    "from keras.layers import *\nDense(output_dim=3)": (1, "gives Dense the output_dim of Keras 1"),
    "from keras.layers import Embedding\nEmbedding(input_dim=3, output_dim=4)": (None, "is unknown"),
    "def block(x, nb_filter): ...\nblock(x, nb_filter=3)": (None, "is unknown"),
    "from xgboost import XGBClassifier\nXGBClassifier(subsample=0.8)": (None, "is unknown"),
    "from torch import nn\nnn.Embedding(3, 4, sparse=True)": (None, "is unknown"),
    "model.fit(x, y, nb_epoch=3)": (1, "line 1 gives fit an argument of Keras 1"),
    "model.fit(x, y, batch_size=3)": (None, "is unknown"),
    "from keras.layers import LSTM\nLSTM(8, batch_input_shape=(1, 2, 3))": (2, "batch_input_shape"),
    "from keras.layers import LSTM\nLSTM(8, use_cudnn=False)": (3, "use_cudnn"),
    "from tensorflow.keras.optimizers import Adam\nAdam(lr=0.1)": (2, "gives Adam the argument lr"),
    "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()": (2, "tensorflow.compat.v1"),
    # the environment
    "import os\nos.environ['KERAS_BACKEND'] = 'torch'": (3, "sets KERAS_BACKEND to torch"),
    "import os\nos.environ['KERAS_BACKEND'] = 'tensorflow'": (None, "is unknown"),
    "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'": (2, "TF_USE_LEGACY_KERAS"),
    # several versions, or a contradiction
    "try:\n    from keras.layers.merge import add\nexcept ImportError:\n    from keras.layers import add": (
        None,
        "is unknown",
    ),
    "import keras\nif keras.__version__ >= '3':\n    x = keras.ops.zeros(3)": (None, "is unknown"),
    "import keras\nx = keras.ops.zeros(3) if hasattr(keras, 'ops') else 0\nif hasattr(keras, 'tree'):\n"
    "    keras.tree.flatten(x)": (3, "line 2"),
    "from keras.layers.core import Dense\nfrom keras import ops": (None, "is unknown"),
    # the certain ones before the hints
    "from keras import ops\nfrom keras.layers import LSTM\nLSTM(8, batch_input_shape=(1, 2, 3))": (
        3,
        "keras.ops",
    ),
    "from keras.layers.core import Dense\nDense(nb_filter=3, output_dim=8)": (1, "of Keras 1"),
}
BUILDS = """
from keras.models import Sequential
from keras.layers import Dense
Sequential([Dense(1, input_dim=2)])
"""


@pytest.mark.parametrize(("text", "expected"), PROGRAMS.items(), ids=range(len(PROGRAMS)))
def test_a_program_says_its_version(text: str, expected: tuple[int | None, str]) -> None:
    found = source.read(text + BUILDS, "program.py").keras
    assert found.number == expected[0]
    assert expected[1] in found.reason


def has(root: object, name: str) -> bool:
    for part in name.split("."):
        if not hasattr(root, part):
            return False
        root = getattr(root, part)
    return True


@pytest.mark.parametrize("row", NAMES, ids=range(len(NAMES)))
def test_names_are_those_of_their_versions_alone(row: NamesOfVersions) -> None:
    """What Keras 1 and early releases of Keras 2 had cannot be asked any more."""
    in_tf = keras._tf_keras.keras
    for name in row.names.split():
        if not name.startswith("keras."):
            continue
        inside = name.removeprefix("keras.")
        assert has(keras, inside) == (3 in row.versions), name
        assert row.alone or has(in_tf, inside) == (3 in row.versions), name
        assert 2 in row.versions or not has(tf_keras, inside), name


def test_arguments_of_optimizers_are_those_of_their_versions() -> None:
    assert {"lr": {1, 2}} == OPTIMIZER_KEYWORDS
    tf_keras.optimizers.Adam(lr=0.1)
    with pytest.raises(ValueError, match="not recognized"):
        keras.optimizers.Adam(lr=0.1)


def test_nothing_in_what_is_not_keras_is_a_sign() -> None:
    text = Path(ast.__file__).read_text(encoding="utf-8")
    assert signs_in(ast.parse(text)) == []


PLAIN = """
import keras
from keras import layers
keras.Sequential([keras.Input((4, 4, 1)), layers.AveragePooling2D()])
"""


def version(path: Path) -> tuple[int | None, str]:
    graph = source.read(path.read_text(), str(path))
    return graph.keras.number, graph.keras.reason


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one program that says nothing of its version."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "train.py").write_text(PLAIN)
    return tmp_path


def test_nothing_says_anything(project: Path) -> None:
    assert version(project / "train.py") == (None, "the version of Keras is unknown")


def test_the_modules_that_a_program_imports_say_it(project: Path) -> None:
    (project / "train.py").write_text(f"from nets.small import build\n{PLAIN}")
    (project / "nets").mkdir()
    (project / "nets" / "__init__.py").write_text("")
    (project / "nets" / "small.py").write_text("from . import parts\n")
    (project / "nets" / "parts.py").write_text("from keras.layers.core import Dense\n")
    assert version(project / "train.py") == (2, "parts.py:1 imports keras.layers.core")


def test_the_modules_say_which_of_keras_1_and_2(project: Path) -> None:
    (project / "train.py").write_text(PLAIN + "import net\nmodel.fit_generator(batches)\n")
    (project / "net.py").write_text("from keras.layers import Conv2D\nConv2D(8, 3, 3, border_mode='same')\n")
    assert version(project / "train.py") == (1, "net.py:2 gives Conv2D the border_mode of Keras 1")
    (project / "net.py").write_text("import tensorflow as tf\ntf.keras.layers.Dense(3)\n")
    assert version(project / "train.py") == (2, "line 6 calls fit_generator")


def test_the_project_says_it(project: Path) -> None:
    (project / "requirements.txt").write_text("keras==2.3.1\n")
    assert version(project / "train.py") == (2, "requirements.txt:1 asks for keras==2.3.1")


def test_the_other_files_of_the_folder_say_it(project: Path) -> None:
    (project / "other.py").write_text("from tensorflow.python.keras.layers import Dense\n")
    assert version(project / "train.py") == (
        2,
        "in the same folder, other.py:1 imports tensorflow.python.keras",
    )
    (project / "third.py").write_text("from keras import ops\n")
    assert version(project / "train.py")[0] is None


BY_POSITION = (
    "from keras import backend as K\nK.gradients(a, b)\nConvolution2D(64, 3, 3, activation='relu')\n"
)
OF_KERAS_1 = "from keras.models import Sequential\nSequential().fit(x, y, nb_epoch=3)\n"
OF_1_OR_2 = "from keras.utils import np_utils\n"


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (BY_POSITION, [OF_KERAS_1], 1),
        (BY_POSITION, [OF_KERAS_1, OF_KERAS_1, OF_1_OR_2], 1),
        (BY_POSITION, [OF_KERAS_1, OF_1_OR_2], 2),
        (BY_POSITION, [OF_1_OR_2], 2),
        (BY_POSITION, [OF_KERAS_1, "from keras import ops\n"], 2),
        (BY_POSITION + "import tf_keras\n", [OF_KERAS_1], 2),
        (BY_POSITION.replace("64, 3, 3", "64, (3, 3)"), [OF_KERAS_1], 2),
        (PLAIN, [OF_KERAS_1, OF_KERAS_1, OF_1_OR_2], 1),
        (PLAIN, [OF_KERAS_1, OF_1_OR_2], 2),
    ],
)
def test_most_files_of_the_folder_are_of_keras_1(
    project: Path, own: str, others: list[str], expected: int
) -> None:
    (project / "train.py").write_text(own)
    for place, text in enumerate(others):
        (project / f"other_{place}.py").write_text(text)
    assert version(project / "train.py")[0] == expected


def test_weights_that_are_saved_beside_it_say_it(project: Path) -> None:
    model = tf_keras.Sequential([tf_keras.layers.Dense(2, input_shape=(3,))])
    model.save_weights(str(project / "weights.h5"))
    number, reason = version(project / "train.py")
    assert (number, reason) == (2, "in the same folder, weights.h5 was saved by Keras 2")


def test_the_nearest_to_the_program_is_believed(project: Path) -> None:
    (project / "other.py").write_text("from tensorflow.python.keras.layers import Dense\n")
    (project / "requirements.txt").write_text("keras==3.3.0\n")
    assert version(project / "train.py")[0] == 3
    (project / "train.py").write_text(f"from keras.layers.core import Dense\n{PLAIN}")
    assert version(project / "train.py")[0] == 2


@pytest.mark.parametrize(("library", "number"), [(keras, 3), (tf_keras, 2)], ids=["keras-3", "keras-2"])
@pytest.mark.parametrize("ending", [".keras", ".h5"])
def test_a_saved_model_says_it(library: object, number: int, ending: str, tmp_path: Path) -> None:
    model = library.Sequential([library.layers.Dense(2, input_shape=(3,))])  # type: ignore[attr-defined]
    model(np.zeros((1, 3)))
    path = tmp_path / f"model{ending}"
    model.save(path)
    graph = read_model(str(path))
    assert graph.keras.number == number
    assert "keras_version" in graph.keras.reason
    assert {layer.keras for layer in graph.layers if layer.kind == "layer"} == {number}


def test_the_page_is_made_from_the_tables() -> None:
    page = Path(__file__).parents[2] / "docs" / "keras-versions.md"
    assert page.read_text(encoding="utf-8") == document(), (
        "run: python -m layoutlint.readers > docs/keras-versions.md"
    )
