# ruff: noqa: E501
"""What the functions of ``keras.backend`` (``K.*``) mean.

One line a name: what the library calls it, the operation, its signature there.
"""

TABLE = r"""
abs abs x
all all x, axis=None, keepdims=False
any any x, axis=None, keepdims=False
arange arange start, stop=None, step=1, dtype='int32'
argmax argmax x, axis=-1
argmin argmin x, axis=-1
batch_dot batch_dot x, y, axes=None
batch_flatten batch_flatten x
batch_normalization identity x, mean, var, beta, gamma, axis=-1, epsilon=0.001
bias_add bias_add x, bias, data_format=None
cast cast x, dtype
cast_to_floatx identity x
clip clip x, min_value, max_value
concatenate concatenate tensors, axis=-1
constant array value, dtype=None, shape=None, name=None
conv1d conv x, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1
conv2d conv x, kernel, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1)
conv2d_transpose conv x, kernel, output_shape, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1)
conv3d conv x, kernel, strides=(1, 1, 1), padding='valid', data_format=None, dilation_rate=(1, 1, 1)
cos cos x
count_params size x
cumprod cumprod x, axis=0
cumsum cumsum x, axis=0
depthwise_conv2d conv x, depthwise_kernel, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1)
dot dot x, y
dropout dropout x, level, noise_shape=None, seed=None
elu elu x, alpha=1.0
equal equal x, y
eval identity x
exp exp x
expand_dims expand_dims x, axis=-1
eye eye size, dtype=None, name=None
flatten flatten x
foldl map_fn fn, elems, initializer=None, name=None
foldr map_fn fn, elems, initializer=None, name=None
gather gather reference, indices
get_value identity x
greater greater x, y
greater_equal greater_equal x, y
hard_sigmoid hard_sigmoid x
int_shape shape x
l2_normalize l2_normalize x, axis=None
less less x, y
less_equal less_equal x, y
log log x
map_fn map_fn fn, elems, name=None, dtype=None
max max x, axis=None, keepdims=False
maximum maximum x, y
mean mean x, axis=None, keepdims=False
min min x, axis=None, keepdims=False
minimum minimum x, y
ndim ndim x
not_equal not_equal x, y
one_hot one_hot indices, num_classes
ones ones shape, dtype=None, name=None
ones_like like x, dtype=None, name=None
permute_dimensions transpose x, pattern
pool2d conv x, pool_size, strides=(1, 1), padding='valid', data_format=None, pool_mode='max'
pool3d conv x, pool_size, strides=(1, 1, 1), padding='valid', data_format=None, pool_mode='max'
pow power x, a
prod prod x, axis=None, keepdims=False
random_bernoulli random shape, p=0.0, dtype=None, seed=None
random_normal random shape, mean=0.0, stddev=1.0, dtype=None, seed=None
random_normal_variable random shape, mean, scale, dtype=None, name=None, seed=None
random_uniform random shape, minval=0.0, maxval=1.0, dtype=None, seed=None
random_uniform_variable random shape, low, high, dtype=None, name=None, seed=None
relu relu x, alpha=0.0, max_value=None, threshold=0.0
repeat repeat_vector x, n
repeat_elements repeat x, rep, axis
reshape reshape x, shape
resize_images resize_by x, height_factor, width_factor, data_format, interpolation='nearest'
reverse flip x, axes
rnn rnn step_function, inputs, initial_states, go_backwards=False, mask=None, constants=None, unroll=False, input_length=None, time_major=False, zero_output_for_mask=False, return_all_outputs=True
round round x
separable_conv2d conv x, depthwise_kernel, pointwise_kernel, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1)
shape shape x
sigmoid sigmoid x
sign sign x
sin sin x
softmax softmax x, axis=-1
softplus softplus x
softsign softsign x
spatial_2d_padding pad_2d x, padding=((1, 1), (1, 1)), data_format=None
spatial_3d_padding pad_3d x, padding=((1, 1), (1, 1), (1, 1)), data_format=None
sqrt sqrt x
square square x
squeeze squeeze x, axis
stack stack x, axis=0
std std x, axis=None, keepdims=False
stop_gradient stop_gradient variables
sum sum x, axis=None, keepdims=False
switch switch condition, then_expression, else_expression
tanh tanh x
temporal_padding pad_1d x, padding=(1, 1)
tile tile x, n
to_dense identity tensor
transpose transpose x
truncated_normal random shape, mean=0.0, stddev=1.0, dtype=None, seed=None
var var x, axis=None, keepdims=False
variable array value, dtype=None, name=None, constraint=None
zeros zeros shape, dtype=None, name=None
zeros_like like x, dtype=None, name=None
"""

HISTORICAL = r"""
in_train_phase in_train_phase x, alt, training=None
in_test_phase in_train_phase x, alt, training=None
logsumexp logsumexp x, axis=None, keepdims=False
placeholder placeholder shape=None, ndim=None, dtype=None, sparse=False, name=None, ragged=None
identity identity x, name=None
temporal_1d_padding pad_1d x, padding=(1, 1)
local_conv1d conv inputs, kernel, kernel_size, strides
random_binomial random shape, p=0.0, dtype=None, seed=None
print_tensor identity x, message=''
"""
"""Names that the installed library no longer has, and real programs do: old versions of it, and Python 2."""
