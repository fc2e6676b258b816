"""What functions elsewhere in Keras mean: random numbers, utilities, activations.

One line a name: what the library calls it, the operation, its signature there.
"""

TABLE = r"""
activations.celu celu x, alpha=1.0
activations.elu elu x, alpha=1.0
activations.exponential exp x
activations.gelu gelu x, approximate=False
activations.glu glu x, axis=-1
activations.hard_shrink hard_shrink x, threshold=0.5
activations.hard_sigmoid hard_sigmoid x
activations.hard_silu hard_silu x
activations.hard_swish hard_silu x
activations.hard_tanh hard_tanh x
activations.leaky_relu leaky_relu x, negative_slope=0.2
activations.linear identity x
activations.log_sigmoid logsigmoid x
activations.log_softmax log_softmax x, axis=-1
activations.mish mish x
activations.relu relu x, negative_slope=0.0, max_value=None, threshold=0.0
activations.relu6 relu6 x
activations.selu selu x
activations.sigmoid sigmoid x
activations.silu silu x
activations.soft_shrink soft_shrink x, threshold=0.5
activations.softmax softmax x, axis=-1
activations.softplus softplus x
activations.softsign softsign x
activations.sparse_plus sparse_plus x
activations.sparsemax normalize x, axis=-1
activations.squareplus squareplus x, b=4
activations.swish silu x
activations.tanh tanh x
random.beta random shape, alpha, beta, dtype=None, seed=None
random.binomial random shape, counts, probabilities, dtype=None, seed=None
activations.tanh_shrink tanh_shrink x
random.dropout dropout inputs, rate, noise_shape=None, seed=None
random.gamma random shape, alpha, dtype=None, seed=None
random.normal random shape, mean=0.0, stddev=1.0, dtype=None, seed=None
random.randint random shape, minval, maxval, dtype='int32', seed=None
random.shuffle permutation x, axis=0, seed=None
random.truncated_normal random shape, mean=0.0, stddev=1.0, dtype=None, seed=None
random.uniform random shape, minval=0.0, maxval=1.0, dtype=None, seed=None
utils.normalize normalize x, axis=-1, order=2
utils.to_categorical to_categorical x, num_classes=None
"""

HISTORICAL = r"""
utils.np_utils.to_categorical to_categorical y, num_classes=None, dtype='float32'
utils.np_utils.normalize normalize x, axis=-1, order=2
"""
"""Names that the installed library no longer has, and real programs do: old versions of it, and Python 2."""
