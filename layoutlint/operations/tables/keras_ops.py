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
bitwise_and bitwise_and x, y
bitwise_not invert x
bitwise_or bitwise_or x, y
bitwise_xor bitwise_xor x, y
broadcast_to broadcast_to x, shape
cast cast x, dtype
ceil ceil x
celu celu x, alpha=1.0
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
depthwise_conv conv inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1
diag diag x, k=0
diagonal diagonal x, offset=0, axis1=0, axis2=1
diff diff a, n=1, axis=-1
digitize identity x, bins
divide divide x1, x2
divide_no_nan divide_no_nan x1, x2
dot dot x1, x2
einsum einsum subscripts, *operands
elu elu x, alpha=1.0
empty zeros shape, dtype=None
empty_like like x, dtype=None
equal equal x1, x2
erf erf x
erfinv erfinv x
exp exp x
exp2 exp x
expand_dims expand_dims x, axis
expm1 expm1 x
extract_sequences frame x, sequence_length, sequence_stride
eye eye N, M=None, k=0, dtype=None
fft pair_fft x
fft2 pair_fft x
flip flip x, axis=None
floor floor x
floor_divide floor_divide x1, x2
full full shape, fill_value, dtype=None
full_like like x, fill_value, dtype=None
gelu gelu x, approximate=True
get_item getitem x, key
greater greater x1, x2
greater_equal greater_equal x1, x2
hard_sigmoid hard_sigmoid x
hard_silu hard_silu x
hard_swish hard_silu x
hard_tanh hard_tanh x
hstack hstack xs
identity eye n, dtype=None
imag imag x
image.hsv_to_rgb identity images, data_format=None
image.resize resize images, size, interpolation='bilinear', antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant', fill_value=0.0, data_format=None
image.rgb_to_grayscale to_one_channel images, data_format=None
image.rgb_to_hsv identity images, data_format=None
inner inner x1, x2
isclose isclose x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False
isfinite isfinite x
isinf isinf x
isnan isnan x
leaky_relu leaky_relu x, negative_slope=0.2
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
logical_and logical_and x1, x2
logical_not logical_not x
logical_or logical_or x1, x2
logical_xor logical_xor x1, x2
logsumexp logsumexp x, axis=None, keepdims=False
map map_fn f, xs
matmul matmul x1, x2
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
nanmean mean x, axis=None, keepdims=False
nanprod prod x, axis=None, keepdims=False
nansum sum x, axis=None, keepdims=False
ndim ndim x
negative negative x
nonzero nonzero x
norm norm x, ord=None, axis=None, keepdims=False
normalize normalize x, axis=-1, order=2, epsilon=None
not_equal not_equal x1, x2
one_hot one_hot x, num_classes, axis=-1, dtype=None, sparse=False
ones ones shape, dtype=None
ones_like like x, dtype=None
outer outer x1, x2
pad pad x, pad_width, mode='constant', constant_values=None
power power x1, x2
prod prod x, axis=None, keepdims=False, dtype=None
quantile quantile x, q, axis=None, method='linear', keepdims=False
ravel flatten x
real real x
reciprocal reciprocal x
relu relu x
relu6 relu6 x
repeat repeat x, repeats, axis=None
reshape reshape x, newshape
rfft pair_rfft x, fft_length=None
roll roll x, shift, axis=None
rot90 rot90 array, k=1, axes=(0, 1)
round round x, decimals=0
rsqrt rsqrt x
scan map_fn f, init, xs=None, length=None, reverse=False, unroll=1
searchsorted searchsorted sorted_sequence, values, side='left'
selu selu x
separable_conv conv inputs, depthwise_kernel, pointwise_kernel, strides=1, padding='valid', data_format=None, dilation_rate=1
shape shape x
sigmoid sigmoid x
sign sign x
silu silu x
sin sin x
sinh sinh x
size size x
slice slice inputs, start_indices, shape
softmax softmax x, axis=-1
softplus softplus x
softsign softsign x
sort sort x, axis=-1
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
vstack vstack xs
where where condition, x1=None, x2=None
while_loop map_fn cond, body, loop_vars, maximum_iterations=None
zeros zeros shape, dtype=None
zeros_like like x, dtype=None
"""
