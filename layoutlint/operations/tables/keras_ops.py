# ruff: noqa: E501
"""What the functions of ``keras.ops`` mean.

One line a name: what the library calls it, the operation, its signature there.
"""

TABLE = r"""
abs abs x
absolute abs x
add add x1, x2
all all x, axis=None, keepdims=False
amax max x, axis=None, keepdims=False
amin min x, axis=None, keepdims=False
angle angle x
any any x, axis=None, keepdims=False
append append x1, x2, axis=None
arange arange start, stop=None, step=None, dtype=None
arccos arccos x
arccosh arccosh x
arcsin arcsin x
arcsinh arcsinh x
arctan arctan x
arctan2 arctan2 x1, x2
arctanh arctanh x
argmax argmax x, axis=None, keepdims=False
argmin argmin x, axis=None, keepdims=False
argsort argsort x, axis=-1
array array x, dtype=None
array_split array_split x, indices_or_sections, axis=0
average average x, axis=None, weights=None
average_pool conv inputs, pool_size, strides=None, padding='valid', data_format=None
batch_normalization identity x, mean, variance, axis, offset=None, scale=None, epsilon=0.001
bitwise_and bitwise_and x, y
bitwise_invert invert x
bitwise_left_shift left_shift x, y
bitwise_not invert x
bitwise_or bitwise_or x, y
bitwise_right_shift right_shift x, y
bitwise_xor bitwise_xor x, y
broadcast_to broadcast_to x, shape
cast cast x, dtype
cbrt cbrt x
ceil ceil x
celu celu x, alpha=1.0
cholesky inverse x, upper=False
cholesky_inverse inverse x, upper=False
clip clip x, x_min, x_max
concatenate concatenate xs, axis=0
cond map_fn pred, true_fn, false_fn
conj conj x
conjugate conj x
conv conv inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1
conv_transpose conv inputs, kernel, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1
convert_to_tensor array x, dtype=None, sparse=None, ragged=None
copy copy x
cos cos x
cosh cosh x
count_nonzero count_nonzero x, axis=None
cumprod cumprod x, axis=None, dtype=None
cumsum cumsum x, axis=None, dtype=None
deg2rad radians x
depth_to_space depth_to_space x, block_size, data_format='channels_last'
depthwise_conv conv inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1
det determinant x
diag diag x, k=0
diagonal diagonal x, offset=0, axis1=0, axis2=1
diff diff a, n=1, axis=-1
digitize identity x, bins
divide divide x1, x2
divide_no_nan divide_no_nan x1, x2
dot dot x1, x2
dot_product_attention identity query, key, value, bias=None, mask=None, scale=None, is_causal=False, flash_attention=None, attn_logits_soft_cap=None
dsplit dsplit x, indices_or_sections
dstack dstack xs
einsum einsum subscripts, *operands
elu elu x, alpha=1.0
empty zeros shape, dtype=None
empty_like like x, dtype=None
equal equal x1, x2
erf erf x
erfc erf x
erfinv erfinv x
exp exp x
exp2 exp x
expand_dims expand_dims x, axis
expm1 expm1 x
extract_sequences frame x, sequence_length, sequence_stride
eye eye N, M=None, k=0, dtype=None
fabs abs x
fft pair_fft x
fft2 pair_fft x
flip flip x, axis=None
fliplr identity x
flipud identity x
floor floor x
floor_divide floor_divide x1, x2
fmax maximum x1, x2
fmin minimum x1, x2
fmod mod x1, x2
full full shape, fill_value, dtype=None
full_like like x, fill_value, dtype=None
gcd gcd x1, x2
gelu gelu x, approximate=True
get_item getitem x, key
glu glu x, axis=-1
greater greater x1, x2
greater_equal greater_equal x1, x2
hard_shrink hard_shrink x, threshold=0.5
hard_sigmoid hard_sigmoid x
hard_silu hard_silu x
hard_swish hard_silu x
hard_tanh hard_tanh x
heaviside heaviside x1, x2
hsplit hsplit x, indices_or_sections
hstack hstack xs
hypot hypot x1, x2
i0 i0 x
identity eye n, dtype=None
ifft2 pair_fft x
imag imag x
image.affine_transform identity images, transform, interpolation='bilinear', fill_mode='constant', fill_value=0, data_format=None
image.elastic_transform identity images, alpha=20.0, sigma=5.0, interpolation='bilinear', fill_mode='reflect', fill_value=0.0, seed=None, data_format=None
image.extract_patches patches images, size, strides=None, dilation_rate=1, padding='valid', data_format=None
image.extract_patches_3d patches volumes, size, strides=None, dilation_rate=1, padding='valid', data_format=None
image.gaussian_blur identity images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None
image.hsv_to_rgb identity images, data_format=None
image.perspective_transform identity images, start_points, end_points, interpolation='bilinear', fill_value=0, data_format=None
image.resize resize images, size, interpolation='bilinear', antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant', fill_value=0.0, data_format=None
image.rgb_to_grayscale to_one_channel images, data_format=None
image.rgb_to_hsv identity images, data_format=None
inner inner x1, x2
inv inverse x
isclose isclose x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False
isfinite isfinite x
isin isin x1, x2, assume_unique=False, invert=False
isinf isinf x
isnan isnan x
isneginf isneginf x
isposinf isposinf x
isreal isreal x
layer_normalization normalize x, gamma=None, beta=None, axis=-1, epsilon=None
lcm lcm x1, x2
ldexp ldexp x1, x2
leaky_relu leaky_relu x, negative_slope=0.2
left_shift left_shift x, y
less less x1, x2
less_equal less_equal x1, x2
linspace linspace start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0
log log x
log10 log10 x
log1p log1p x
log2 log2 x
log_sigmoid logsigmoid x
log_softmax log_softmax x, axis=-1
logaddexp logaddexp x1, x2
logaddexp2 logaddexp x1, x2
logdet determinant x
logical_and logical_and x1, x2
logical_not logical_not x
logical_or logical_or x1, x2
logical_xor logical_xor x1, x2
logsumexp logsumexp x, axis=None, keepdims=False
map map_fn f, xs
matmul matmul x1, x2
matrix_rank determinant x, tol=None
max max x, axis=None, keepdims=False, initial=None
max_pool conv inputs, pool_size, strides=None, padding='valid', data_format=None
maximum maximum x1, x2
mean mean x, axis=None, keepdims=False
median median x, axis=None, keepdims=False
meshgrid meshgrid *x, indexing='xy'
min min x, axis=None, keepdims=False, initial=None
minimum minimum x1, x2
mod mod x1, x2
moments moments x, axes, keepdims=False, synchronized=False
moveaxis moveaxis x, source, destination
multiply multiply x1, x2
nan_to_num nan_to_num x, nan=0.0, posinf=None, neginf=None
nanargmax argmax x, axis=None, keepdims=False
nanargmin argmin x, axis=None, keepdims=False
nancumprod cumprod x, axis=None, dtype=None
nancumsum cumsum x, axis=None, dtype=None
nanmax max x, axis=None, keepdims=False
nanmean mean x, axis=None, keepdims=False
nanmedian median x, axis=None, keepdims=False
nanmin min x, axis=None, keepdims=False
nanpercentile quantile x, q, axis=None, method='linear', keepdims=False
nanprod prod x, axis=None, keepdims=False
nanquantile quantile x, q, axis=None, method='linear', keepdims=False
nanstd std x, axis=None, keepdims=False
nansum sum x, axis=None, keepdims=False
nanvar var x, axis=None, keepdims=False
ndim ndim x
negative negative x
nextafter nextafter x1, x2
nonzero nonzero x
norm norm x, ord=None, axis=None, keepdims=False
normalize normalize x, axis=-1, order=2, epsilon=None
not_equal not_equal x1, x2
one_hot one_hot x, num_classes, axis=-1, dtype=None, sparse=False
ones ones shape, dtype=None
ones_like like x, dtype=None
outer outer x1, x2
pad pad x, pad_width, mode='constant', constant_values=None
percentile quantile x, q, axis=None, method='linear', keepdims=False
power power x1, x2
prod prod x, axis=None, keepdims=False, dtype=None
ptp ptp x, axis=None, keepdims=False
quantile quantile x, q, axis=None, method='linear', keepdims=False
rad2deg degrees x
ravel flatten x
real real x
reciprocal reciprocal x
relu relu x
relu6 relu6 x
repeat repeat x, repeats, axis=None
reshape reshape x, newshape
rfft pair_rfft x, fft_length=None
right_shift right_shift x, y
rms_normalization normalize x, scale=None, axis=-1, epsilon=None
roll roll x, shift, axis=None
rot90 rot90 array, k=1, axes=(0, 1)
round round x, decimals=0
rsqrt rsqrt x
saturate_cast cast x, dtype
scan map_fn f, init, xs=None, length=None, reverse=False, unroll=1
scatter_update identity inputs, indices, updates, reduction=None
searchsorted searchsorted sorted_sequence, values, side='left'
selu selu x
separable_conv conv inputs, depthwise_kernel, pointwise_kernel, strides=1, padding='valid', data_format=None, dilation_rate=1
shape shape x
sigmoid sigmoid x
sign sign x
signbit signbit x
silu silu x
sin sin x
sinc sinc x
sinh sinh x
size size x
slice slice inputs, start_indices, shape
slice_update identity inputs, start_indices, updates
soft_shrink soft_shrink x, threshold=0.5
softmax softmax x, axis=-1
softplus softplus x
softsign softsign x
sort sort x, axis=-1
space_to_depth space_to_depth x, block_size, data_format='channels_last'
sparse_plus sparse_plus x
sparse_sigmoid sparse_sigmoid x
sparsemax normalize x, axis=-1
split split x, indices_or_sections, axis=0
sqrt sqrt x
square square x
squareplus squareplus x, b=4
squeeze squeeze x, axis=None
stack stack x, axis=0
std std x, axis=None, keepdims=False
stft pair_stft x, sequence_length, sequence_stride, fft_length, window='hann', center=True
stop_gradient stop_gradient variable
subtract subtract x1, x2
sum sum x, axis=None, keepdims=False
swapaxes swapaxes x, axis1, axis2
swish silu x
take take x, indices, axis=None
take_along_axis take_along_axis x, indices, axis=None
tan tan x
tanh tanh x
tanh_shrink tanh_shrink x
tensordot tensordot x1, x2, axes=2
threshold threshold x, threshold, default_value
tile tile x, repeats
top_k top_k x, k, sorted=True
trace trace x, offset=0, axis1=0, axis2=1
transpose transpose x, axes=None
tril identity x, k=0
triu identity x, k=0
true_divide divide x1, x2
trunc trunc x
unstack unstack x, num=None, axis=0
var var x, axis=None, keepdims=False
vectorized_map map_fn function, elements
vsplit vsplit x, indices_or_sections
vstack vstack xs
where where condition, x1=None, x2=None
while_loop map_fn cond, body, loop_vars, maximum_iterations=None
zeros zeros shape, dtype=None
zeros_like like x, dtype=None
"""
