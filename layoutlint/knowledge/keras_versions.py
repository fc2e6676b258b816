"""What in a program says which version of Keras it is written for.

Each row holds for real Keras (tests hold the public names against Keras 3.15 and tf_keras 2.20).
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from layoutlint.model.keras_version import BEFORE_3, ONLY_3, Version

ONLY_1: Final[frozenset[Version]] = frozenset([1])
ONLY_2: Final[frozenset[Version]] = frozenset([2])


class NamesOfVersions(Struct, frozen=True):
    """Names (with all that is inside of them) that only these versions have.

    A name that begins with ``keras.`` is meant for ``tensorflow.keras.`` too, unless ``alone``: Keras 3 keeps
    many names of Keras 2 under ``tf.keras``.
    """

    versions: frozenset[Version]
    names: str
    alone: bool = False


NAMES: Final = (
    NamesOfVersions(
        ONLY_2,
        """
        tensorflow.python.keras tf_keras tensorflow_core.python.keras tensorflow_core.keras
        tensorflow_addons tensorflow.estimator keras.estimator keras.dtensor keras.layers.experimental
        keras.optimizers.experimental keras.experimental
        """,
    ),
    NamesOfVersions(
        BEFORE_3,
        """
        keras_contrib keras_applications keras_preprocessing
        """,
    ),
    # TensorFlow 1
    NamesOfVersions(
        BEFORE_3,
        """
        tensorflow.contrib tensorflow.Session tensorflow.placeholder tensorflow.ConfigProto
        tensorflow.get_variable tensorflow.global_variables_initializer tensorflow.get_default_graph
        tensorflow.layers tensorflow.set_random_seed tensorflow.logging tensorflow.app
        tensorflow.train.AdamOptimizer
        """,
    ),
    # where Keras 1 and 2 kept things
    NamesOfVersions(
        BEFORE_3,
        """
        keras.engine keras.layers.core keras.layers.convolutional keras.layers.recurrent
        keras.layers.normalization keras.layers.advanced_activations keras.layers.merge
        keras.layers.pooling keras.layers.embeddings keras.layers.wrappers keras.layers.noise
        keras.layers.local keras.layers.convolutional_recurrent keras.layers.cudnn_recurrent
        keras.utils.np_utils keras.utils.vis_utils keras.utils.generic_utils keras.utils.layer_utils
        keras.utils.data_utils keras.utils.multi_gpu_model keras.utils.training_utils
        keras.backend.tensorflow_backend keras.backend.tf keras.backend.theano_backend
        keras.wrappers.scikit_learn keras.legacy.interfaces keras.models.model_from_yaml
        keras.layers.CuDNNLSTM keras.layers.CuDNNGRU keras.layers.LocallyConnected1D
        keras.layers.LocallyConnected2D keras.layers.AbstractRNNCell keras.layers.DenseFeatures
        keras.backend.placeholder keras.backend.function keras.backend.learning_phase
        keras.backend.set_learning_phase keras.backend.in_train_phase keras.backend.in_test_phase
        keras.backend.image_dim_ordering keras.backend.set_image_dim_ordering keras.backend.set_session
        keras.backend.get_session keras.backend.print_tensor keras.callbacks.BaseLogger
        """,
    ),
    # what Keras 3 keeps under tf.keras
    NamesOfVersions(
        BEFORE_3,
        """
        keras.backend.abs keras.backend.argmax keras.backend.batch_dot keras.backend.cast
        keras.backend.binary_crossentropy keras.backend.categorical_crossentropy keras.backend.clip
        keras.backend.concatenate keras.backend.constant keras.backend.conv1d keras.backend.conv2d
        keras.backend.ctc_batch_cost keras.backend.dot keras.backend.equal keras.backend.eval
        keras.backend.exp keras.backend.expand_dims keras.backend.flatten keras.backend.get_value
        keras.backend.gradients keras.backend.int_shape keras.backend.l2_normalize keras.backend.log
        keras.backend.max keras.backend.maximum keras.backend.mean keras.backend.min keras.backend.ndim
        keras.backend.ones keras.backend.ones_like keras.backend.permute_dimensions keras.backend.pool2d
        keras.backend.pow keras.backend.random_normal keras.backend.repeat keras.backend.reshape
        keras.backend.resize_images keras.backend.round keras.backend.set_value keras.backend.shape
        keras.backend.sigmoid keras.backend.softmax keras.backend.sqrt keras.backend.square
        keras.backend.squeeze keras.backend.stack keras.backend.std keras.backend.stop_gradient
        keras.backend.sum keras.backend.switch keras.backend.tanh keras.backend.tile
        keras.backend.transpose keras.backend.variable keras.backend.var keras.backend.zeros
        keras.backend.zeros_like keras.backend.relu keras.layers.ThresholdedReLU keras.preprocessing.text
        keras.losses.Reduction keras.preprocessing.image.ImageDataGenerator
        keras.preprocessing.sequence.TimeseriesGenerator
        """,
        alone=True,
    ),
    NamesOfVersions(
        ONLY_3,
        """
        keras.ops keras.random keras.tree keras.distribution keras.config keras.dtype_policies
        keras.quantizers keras.visualization keras.distillation keras.remat keras.device keras.Variable
        keras.KerasTensor keras.Operation keras.Function keras.StatelessScope keras.Layer keras.Loss
        keras.Metric keras.Optimizer keras.Initializer keras.Regularizer keras.DTypePolicy
        keras.RematScope keras.SymbolicScope keras.name_scope keras.utils.PyDataset
        keras.utils.bounding_boxes keras.optimizers.Lamb keras.optimizers.Muon
        keras.layers.RMSNormalization keras.layers.GroupQueryAttention keras.layers.MelSpectrogram
        keras.layers.STFTSpectrogram keras.layers.TFSMLayer keras.layers.JaxLayer
        keras.layers.TorchModuleWrapper keras.layers.FlaxLayer keras.layers.MixUp keras.layers.CutMix
        keras.layers.RandAugment keras.layers.AugMix keras.layers.ReversibleEmbedding keras.losses.Dice
        keras.losses.Tversky keras.losses.CTC keras.callbacks.SwapEMAWeights keras_hub keras_rs keras_core
        """,
    ),
    NamesOfVersions(ONLY_3, "keras.src.ops keras.src.random", alone=True),
)

HINTS: Final = NamesOfVersions(BEFORE_3, "tensorflow.compat.v1 tensorflow_model_optimization")
"""Names that TensorFlow still has beside Keras 3, in programs that rarely use it."""

METHODS: Final = {
    "fit_generator": BEFORE_3,
    "evaluate_generator": BEFORE_3,
    "predict_generator": BEFORE_3,
    "predict_classes": BEFORE_3,
}
"""Methods of models, whatever they are called on; not where the program has a method of that name itself."""

KEYWORDS_OF_KERAS_1: Final = (
    "nb_filter",
    "border_mode",
    "nb_row",
    "filter_length",
    "subsample",
    "dim_ordering",
    "output_dim",
)
"""Arguments of Keras 1, and of no later version: but an Embedding has an ``output_dim`` in all of them."""

METHODS_OF_KERAS_1: Final = {
    "fit": frozenset(["nb_epoch"]),
    "fit_generator": frozenset(["nb_epoch", "samples_per_epoch", "nb_val_samples", "nb_worker"]),
    "evaluate_generator": frozenset(["val_samples", "nb_worker"]),
    "predict_generator": frozenset(["val_samples", "nb_worker"]),
}
"""Arguments of methods that Keras 1 alone has."""

OPTIMIZER_KEYWORDS: Final = {"lr": BEFORE_3}
"""Arguments that the optimizers of some versions alone take."""

DROPPED_CLASSES_OF_KERAS_1: Final = frozenset(
    [
        "AtrousConvolution1D",
        "AtrousConvolution2D",
        "Highway",
        "MaxoutDense",
        "Merge",
        "ParametricSoftplus",
        "SReLU",
        "TimeDistributedDense",
    ]
)
"""Layers that Keras 1 alone has."""

BACKENDS: Final[dict[str, frozenset[Version]]] = {
    "theano": BEFORE_3,
    "cntk": BEFORE_3,
    "jax": ONLY_3,
    "torch": ONLY_3,
    "openvino": ONLY_3,
}
"""What ``KERAS_BACKEND`` may be set to."""

PACKAGES: Final = {
    "keras": "keras",
    "keras-gpu": "keras",
    "tensorflow": "tensorflow",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "tensorflow-macos": "tensorflow",
    "tensorflow-intel": "tensorflow",
    "tf-keras": "tf-keras",
    "tensorflow-addons": "tensorflow-addons",
    "keras-applications": "keras-applications",
    "keras-preprocessing": "keras-preprocessing",
    "keras-contrib": "keras-contrib",
    "keras-hub": "keras-hub",
    "keras-core": "keras-core",
}
"""Packages that a project may ask for, with the name of the one whose releases count."""

RELEASES: Final[dict[str, tuple[tuple[tuple[int, int], Version], ...]]] = {
    "keras": (
        *(((1, minor), 1) for minor in range(3)),
        *(((2, minor), 2) for minor in range(16)),
        *(((3, minor), 3) for minor in range(100)),
    ),
    "tensorflow": (
        *(((1, minor), 2) for minor in range(16)),
        *(((2, minor), 2) for minor in range(16)),
        *(((2, minor), 3) for minor in range(16, 100)),
    ),
}
"""The releases of a package by their first two numbers, each with its version of Keras."""

ANY_RELEASE: Final[dict[str, frozenset[Version]]] = {
    "tf-keras": frozenset([2, 3]),  # beside Keras 3 it is there for programs that ask for it
    "tensorflow-addons": ONLY_2,
    "keras-applications": BEFORE_3,
    "keras-preprocessing": BEFORE_3,
    "keras-contrib": BEFORE_3,
    "keras-hub": ONLY_3,
    "keras-core": ONLY_3,
}
"""Packages that go with some versions of Keras alone, whatever their release."""
