# ruff: noqa: E501
"""What TensorFlow's functions mean (``tf.*``).

One line a name: what the library calls it, the operation, its signature there.
"""

TABLE = r"""
Variable array initial_value, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, import_scope=None, constraint=None, synchronization=None, aggregation=None, shape=None
abs abs x, name=None
acos arccos x, name=None
acosh arccosh x, name=None
add add x, y, name=None
add_n add_n inputs, name=None
argmax argmax input, axis=0, output_type='int64', name=None
argmin argmin input, axis=0, output_type='int64', name=None
argsort argsort values, axis=-1, direction='ASCENDING', stable=False, name=None
asin arcsin x, name=None
asinh arcsinh x, name=None
atan arctan x, name=None
atan2 arctan2 y, x, name=None
atanh arctanh x, name=None
boolean_mask boolean_mask tensor, mask, axis=None, name='boolean_mask'
broadcast_to broadcast_to input, shape, name=None
cast cast x, dtype, name=None
clip_by_value clip t, clip_value_min, clip_value_max, name=None
concat concatenate values, axis, name='concat'
constant array value, dtype=None, shape=None, name='Const'
convert_to_tensor array value, dtype=None, dtype_hint=None, name=None
cos cos x, name=None
cosh cosh x, name=None
cumsum cumsum x, axis=0, exclusive=False, reverse=False, name=None
divide divide x, y, name=None
einsum einsum equation, *inputs
ensure_shape identity x, shape, name=None
equal equal x, y, name=None
exp exp x, name=None
expand_dims expand_dims input, axis, name=None
eye eye num_rows, num_columns=None, batch_shape=None, dtype='float32', name=None
fill full dims, value, name=None, layout=None
floor floor x, name=None
gather gather params, indices, validate_indices=None, axis=None, batch_dims=0, name=None
gather_nd gather_nd params, indices, batch_dims=0, name=None, bad_indices_policy=''
greater greater x, y, name=None
greater_equal greater_equal x, y, name=None
identity identity input, name=None
image.adjust_brightness identity image, delta
image.adjust_contrast identity images, contrast_factor
image.adjust_hue identity image, delta, name=None
image.adjust_saturation identity image, saturation_factor, name=None
image.convert_image_dtype identity image, dtype, saturate=False, name=None
image.crop_to_bounding_box crop_to_box image, offset_height, offset_width, target_height, target_width
image.flip_left_right identity image
image.flip_up_down identity image
image.grayscale_to_rgb to_three_channels images, name=None
image.hsv_to_rgb identity images, name=None
image.pad_to_bounding_box crop_to_box image, offset_height, offset_width, target_height, target_width
image.per_image_standardization identity image
image.random_brightness identity image, max_delta, seed=None
image.random_contrast identity image, lower, upper, seed=None
image.random_crop random_crop value, size, seed=None, name=None
image.random_flip_left_right identity image, seed=None
image.random_flip_up_down identity image, seed=None
image.random_hue identity image, max_delta, seed=None
image.random_saturation identity image, lower, upper, seed=None
image.resize resize images, size, method='bilinear', preserve_aspect_ratio=False, antialias=False, name=None
image.resize_with_crop_or_pad resize_with_pad image, target_height, target_width
image.resize_with_pad resize_with_pad image, target_height, target_width, method='bilinear', antialias=False
image.rgb_to_grayscale to_one_channel images, name=None
image.rgb_to_hsv identity images, name=None
image.rot90 rot90_image image, k=1, name=None
less less x, y, name=None
less_equal less_equal x, y, name=None
linalg.einsum einsum equation, *inputs
linalg.eye eye num_rows, num_columns=None, batch_shape=None, dtype='float32', name=None
linalg.l2_normalize l2_normalize x, axis=None, epsilon=1e-12, name=None, dim=None
linalg.matmul matmul a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None, grad_a=False, grad_b=False, name=None
linalg.matrix_transpose matrix_transpose a, name='matrix_transpose', conjugate=False
linalg.norm norm tensor, ord='euclidean', axis=None, keepdims=None, name=None
linalg.tensordot tensordot a, b, axes, name=None
linalg.trace trace x, name=None
linspace linspace start, stop, num, name=None, axis=0
logical_and logical_and x, y, name=None
logical_not logical_not x, name=None
logical_or logical_or x, y, name=None
map_fn map_fn fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True, name=None, fn_output_signature=None
math.abs abs x, name=None
math.acos arccos x, name=None
math.acosh arccosh x, name=None
math.add add x, y, name=None
math.add_n add_n inputs, name=None
math.angle angle input, name=None
math.argmax argmax input, axis=0, output_type='int64', name=None
math.argmin argmin input, axis=0, output_type='int64', name=None
math.asin arcsin x, name=None
math.asinh arcsinh x, name=None
math.atan arctan x, name=None
math.atan2 arctan2 y, x, name=None
math.atanh arctanh x, name=None
math.ceil ceil x, name=None
math.conj conj x, name=None
math.cos cos x, name=None
math.cosh cosh x, name=None
math.count_nonzero count_nonzero input, axis=None, keepdims=None, dtype='int64', name=None
math.cumprod cumprod x, axis=0, exclusive=False, reverse=False, name=None
math.cumsum cumsum x, axis=0, exclusive=False, reverse=False, name=None
math.divide divide x, y, name=None
math.divide_no_nan divide_no_nan x, y, name=None
math.equal equal x, y, name=None
math.erf erf x, name=None
math.erfinv erfinv x, name=None
math.exp exp x, name=None
math.expm1 expm1 x, name=None
math.floor floor x, name=None
math.floordiv floor_divide x, y, name=None
math.floormod mod x, y, name=None
math.greater greater x, y, name=None
math.greater_equal greater_equal x, y, name=None
math.imag imag input, name=None
math.is_finite isfinite x, name=None
math.is_inf isinf x, name=None
math.is_nan isnan x, name=None
math.l2_normalize l2_normalize x, axis=None, epsilon=1e-12, name=None, dim=None
math.less less x, y, name=None
math.less_equal less_equal x, y, name=None
math.log log x, name=None
math.log1p log1p x, name=None
math.log_sigmoid logsigmoid x, name=None
math.logical_and logical_and x, y, name=None
math.logical_not logical_not x, name=None
math.logical_or logical_or x, y, name=None
math.logical_xor logical_xor x, y, name='LogicalXor'
math.maximum maximum x, y, name=None
math.minimum minimum x, y, name=None
math.mod mod x, y, name=None
math.multiply multiply x, y, name=None
math.negative negative x, name=None
math.not_equal not_equal x, y, name=None
math.pow power x, y, name=None
random.gamma random_of_each shape, alpha, beta=None, dtype='float32', seed=None, name=None
math.real real input, name=None
math.reciprocal reciprocal x, name=None
math.reduce_all all input_tensor, axis=None, keepdims=False, name=None
math.reduce_any any input_tensor, axis=None, keepdims=False, name=None
math.reduce_logsumexp logsumexp input_tensor, axis=None, keepdims=False, name=None
math.reduce_max max input_tensor, axis=None, keepdims=False, name=None
math.reduce_mean mean input_tensor, axis=None, keepdims=False, name=None
math.reduce_min min input_tensor, axis=None, keepdims=False, name=None
math.reduce_prod prod input_tensor, axis=None, keepdims=False, name=None
math.reduce_std std input_tensor, axis=None, keepdims=False, name=None
math.reduce_sum sum input_tensor, axis=None, keepdims=False, name=None
math.reduce_variance var input_tensor, axis=None, keepdims=False, name=None
math.rint round x, name=None
math.round round x, name=None
math.rsqrt rsqrt x, name=None
math.sigmoid sigmoid x, name=None
math.sign sign x, name=None
math.sin sin x, name=None
math.sinh sinh x, name=None
math.softplus softplus features, name=None
math.softsign softsign features, name=None
math.sqrt sqrt x, name=None
math.square square x, name=None
math.squared_difference squared_difference x, y, name=None
math.subtract subtract x, y, name=None
math.tan tan x, name=None
math.tanh tanh x, name=None
math.top_k top_k input, k=1, sorted=True, index_type='int32', name=None
math.truediv divide x, y, name=None
matmul matmul a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None, grad_a=False, grad_b=False, name=None
maximum maximum x, y, name=None
meshgrid meshgrid *args
minimum minimum x, y, name=None
multiply multiply x, y, name=None
negative negative x, name=None
nn.avg_pool conv input, ksize, strides, padding, data_format=None, name=None
nn.avg_pool2d conv input, ksize, strides, padding, data_format='NHWC', name=None
nn.batch_normalization identity x, mean, variance, offset, scale, variance_epsilon, name=None
nn.bias_add bias_add value, bias, data_format=None, name=None
nn.conv1d conv input, filters, stride, padding, data_format='NWC', dilations=None, name=None
nn.conv2d conv input, filters, strides, padding, data_format='NHWC', dilations=None, name=None
nn.conv2d_transpose conv input, filters, output_shape, strides, padding='SAME', data_format='NHWC', dilations=None, name=None
nn.conv3d conv input, filters, strides, padding, data_format='NDHWC', dilations=None, name=None
nn.depth_to_space depth_to_space input, block_size, data_format='NHWC', name=None
nn.depthwise_conv2d conv input, filter, strides, padding, data_format=None, dilations=None, name=None
nn.dropout dropout x, rate, noise_shape=None, seed=None, name=None
nn.elu elu features, name=None
nn.embedding_lookup gather params, ids, max_norm=None, name=None
nn.gelu gelu features, approximate=False, name=None
nn.l2_normalize l2_normalize x, axis=None, epsilon=1e-12, name=None, dim=None
nn.leaky_relu leaky_relu features, alpha=0.2, name=None
nn.local_response_normalization identity input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None
nn.log_softmax log_softmax logits, axis=None, name=None
nn.max_pool conv input, ksize, strides, padding, data_format=None, name=None
nn.max_pool2d conv input, ksize, strides, padding, data_format='NHWC', name=None
nn.moments moments x, axes, shift=None, keepdims=False, name=None
nn.relu relu features, name=None
nn.relu6 relu6 features, name=None
nn.selu selu features, name=None
nn.sigmoid sigmoid x, name=None
nn.silu silu features, beta=1.0
nn.softmax softmax logits, axis=None, name=None
nn.softplus softplus features, name=None
nn.softsign softsign features, name=None
nn.space_to_depth space_to_depth input, block_size, data_format='NHWC', name=None
nn.swish silu features, beta=1.0
nn.tanh tanh x, name=None
nn.top_k top_k input, k=1, sorted=True, index_type='int32', name=None
norm norm tensor, ord='euclidean', axis=None, keepdims=None, name=None
not_equal not_equal x, y, name=None
one_hot one_hot indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None
ones ones shape, dtype='float32', name=None, layout=None
ones_like like input, dtype=None, name=None, layout=None
pad pad tensor, paddings, mode='CONSTANT', constant_values=0, name=None
pow power x, y, name=None
random.normal random shape, mean=0.0, stddev=1.0, dtype='float32', seed=None, name=None
random.poisson random_of_each shape, lam, dtype='float32', seed=None, name=None
random.shuffle permutation value, seed=None, name=None
random.stateless_normal random shape, seed, mean=0.0, stddev=1.0, dtype='float32', name=None, alg='auto_select'
random.stateless_uniform random shape, seed, minval=0, maxval=None, dtype='float32', name=None, alg='auto_select'
random.truncated_normal random shape, mean=0.0, stddev=1.0, dtype='float32', seed=None, name=None
random.uniform random shape, minval=0, maxval=None, dtype='float32', seed=None, name=None
range arange start, limit=None, delta=1, dtype=None, name='range'
rank ndim input, name=None
realdiv divide x, y, name=None
reduce_all all input_tensor, axis=None, keepdims=False, name=None
reduce_any any input_tensor, axis=None, keepdims=False, name=None
reduce_logsumexp logsumexp input_tensor, axis=None, keepdims=False, name=None
reduce_max max input_tensor, axis=None, keepdims=False, name=None
reduce_mean mean input_tensor, axis=None, keepdims=False, name=None
reduce_min min input_tensor, axis=None, keepdims=False, name=None
reduce_prod prod input_tensor, axis=None, keepdims=False, name=None
reduce_sum sum input_tensor, axis=None, keepdims=False, name=None
repeat repeat input, repeats, axis=None, name=None
reshape reshape tensor, shape, name=None
reverse flip tensor, axis, name=None
roll roll input, shift, axis, name=None
round round x, name=None
sequence_mask sequence_mask lengths, maxlen=None, dtype='bool', name=None
shape shape input, out_type=None, name=None
sigmoid sigmoid x, name=None
sign sign x, name=None
signal.dct dct input, type=2, n=None, axis=-1, norm=None, name=None
signal.fft identity input, name=None
signal.fft2d identity input, name=None
signal.fft3d identity input, name=None
signal.fftshift identity x, axes=None, name=None
signal.frame frame signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None
signal.hamming_window window window_length, periodic=True, dtype=None, name=None
signal.hann_window window window_length, periodic=True, dtype=None, name=None
signal.idct dct input, type=2, n=None, axis=-1, norm=None, name=None
signal.ifft identity input, name=None
signal.ifft2d identity input, name=None
signal.ifft3d identity input, name=None
signal.ifftshift identity x, axes=None, name=None
signal.inverse_stft inverse_stft stfts, frame_length, frame_step, fft_length=None, window_fn=None, name=None
signal.irfft irfft input_tensor, fft_length=None, name=None
signal.kaiser_window window window_length, beta=12.0, dtype=None, name=None
signal.linear_to_mel_weight_matrix mel_matrix num_mel_bins=20, num_spectrogram_bins=129, sample_rate=8000, lower_edge_hertz=125.0, upper_edge_hertz=3800.0, dtype=None, name=None
signal.mfccs_from_log_mel_spectrograms identity log_mel_spectrograms, name=None
signal.overlap_and_add overlap_and_add signal, frame_step, name=None
signal.rfft rfft input_tensor, fft_length=None, name=None
signal.stft stft signals, frame_length, frame_step, fft_length=None, window_fn=None, pad_end=False, name=None
signal.vorbis_window window window_length, dtype=None, name=None
sin sin x, name=None
sinh sinh x, name=None
size size input, out_type=None, name=None
slice slice input_, begin, size, name=None
sort sort values, axis=-1, direction='ASCENDING', name=None
split split_sizes value, num_or_size_splits, axis=0, num=None, name='split'
sqrt sqrt x, name=None
square square x, name=None
squeeze squeeze input, axis=None, name=None
stack stack values, axis=0, name='stack'
stop_gradient stop_gradient input, name=None
subtract subtract x, y, name=None
tan tan x, name=None
tanh tanh x, name=None
tensordot tensordot a, b, axes, name=None
tile tile input, multiples, name=None
transpose transpose a, perm=None, conjugate=False, name='transpose'
truediv divide x, y, name=None
unstack unstack value, num=None, axis=0, name='unstack'
where where_or_places condition, x=None, y=None, name=None
zeros zeros shape, dtype='float32', name=None, layout=None
zeros_like like input, dtype=None, name=None, layout=None
"""

HISTORICAL = r"""
arg_max argmax input, dimension, output_type=None, name=None
arg_min argmin input, dimension, output_type=None, name=None
log log x, name=None
ceil ceil x, name=None
mul multiply x, y, name=None
sub subtract x, y, name=None
neg negative x, name=None
div divide x, y, name=None
div_no_nan divide_no_nan x, y, name=None
floordiv floor_divide x, y, name=None
mod mod x, y, name=None
floormod mod x, y, name=None
pack stack values, axis=0, name=None
unpack unstack value, num=None, axis=0, name=None
batch_matmul matmul x, y, adj_x=False, adj_y=False, name=None
random_normal random shape, mean=0.0, stddev=1.0, dtype=None, seed=None, name=None
random_uniform random shape, minval=0, maxval=None, dtype=None, seed=None, name=None
truncated_normal random shape, mean=0.0, stddev=1.0, dtype=None, seed=None, name=None
random_shuffle permutation value, seed=None, name=None
lin_space linspace start, stop, num, name=None
to_float identity x, name=None
to_int32 identity x, name=None
to_int64 identity x, name=None
to_double identity x, name=None
placeholder placeholder dtype, shape=None, name=None
placeholder_with_default array input, shape, name=None
image.resize_images resize images, size, method=0, align_corners=False, preserve_aspect_ratio=False, name=None
image.resize_bilinear resize images, size, align_corners=False, name=None
image.resize_nearest_neighbor resize images, size, align_corners=False, name=None
image.resize_bicubic resize images, size, align_corners=False, name=None
image.resize_image_with_crop_or_pad resize_with_pad image, target_height, target_width
image.resize_area resize images, size, align_corners=False, name=None
space_to_depth space_to_depth input, block_size, name=None, data_format='NHWC'
depth_to_space depth_to_space input, block_size, name=None, data_format='NHWC'
random_crop random_crop value, size, seed=None, name=None
rsqrt rsqrt x, name=None
reciprocal reciprocal x, name=None
log_sigmoid logsigmoid x, name=None
is_nan isnan x, name=None
is_inf isinf x, name=None
is_finite isfinite x, name=None
log1p log1p x, name=None
expm1 expm1 x, name=None
erf erf x, name=None
squared_difference squared_difference x, y, name=None
cumprod cumprod x, axis=0, exclusive=False, reverse=False, name=None
matrix_transpose matrix_transpose a, name=None, conjugate=False
real real input, name=None
imag imag input, name=None
conj conj x, name=None
angle angle input, name=None
trace trace x, name=None
rint round x, name=None
"""
"""Names that the installed library no longer has, and real programs do: old versions of it, and Python 2."""
