# ruff: noqa: E501
"""What numpy's functions mean.

One line a name: what the library calls it, the operation, its signature there.
"""

TABLE = r"""
abs abs x, out=None, *, where=True, dtype=None
absolute abs x, out=None, *, where=True, dtype=None
acos arccos x, out=None, *, where=True, dtype=None
acosh arccosh x, out=None, *, where=True, dtype=None
add add x1, x2, out=None, *, where=True, dtype=None
all all a, axis=None, out=None, keepdims=None, *, where=None
amax max a, axis=None, out=None, keepdims=None, initial=None, where=None
amin min a, axis=None, out=None, keepdims=None, initial=None, where=None
angle angle z, deg=False
any any a, axis=None, out=None, keepdims=None, *, where=None
append append arr, values, axis=None
arange arange start_or_stop, stop=None, step=1, *, dtype=None
arccos arccos x, out=None, *, where=True, dtype=None
arccosh arccosh x, out=None, *, where=True, dtype=None
arcsin arcsin x, out=None, *, where=True, dtype=None
arcsinh arcsinh x, out=None, *, where=True, dtype=None
arctan arctan x, out=None, *, where=True, dtype=None
arctan2 arctan2 x1, x2, out=None, *, where=True, dtype=None
arctanh arctanh x, out=None, *, where=True, dtype=None
argmax argmax a, axis=None, out=None, *, keepdims=None
argmin argmin a, axis=None, out=None, *, keepdims=None
argsort argsort a, axis=-1, kind=None, order=None, *, stable=None
argwhere argwhere a
around round a, decimals=0, out=None
array array object, dtype=None, *, copy=True, ndmin=0, ndmax=0
array_split array_split ary, indices_or_sections, axis=0
asanyarray array a, dtype=None, order=None, *, copy=None
asarray array a, dtype=None, order=None, *, copy=None
asarray_chkfinite array a, dtype=None, order=None
ascontiguousarray array a, dtype=None
asfortranarray array a, dtype=None
asin arcsin x, out=None, *, where=True, dtype=None
asinh arcsinh x, out=None, *, where=True, dtype=None
atan arctan x, out=None, *, where=True, dtype=None
atan2 arctan2 x1, x2, out=None, *, where=True, dtype=None
atanh arctanh x, out=None, *, where=True, dtype=None
atleast_1d atleast_1d *arys
atleast_2d atleast_2d *arys
atleast_3d atleast_3d *arys
average average a, axis=None, weights=None, returned=False, *, keepdims=None
bartlett window M
bitwise_and bitwise_and x1, x2, out=None, *, where=True, dtype=None
bitwise_invert invert x, out=None, *, where=True, dtype=None
bitwise_left_shift left_shift x1, x2, out=None, *, where=True, dtype=None
bitwise_not invert x, out=None, *, where=True, dtype=None
bitwise_or bitwise_or x1, x2, out=None, *, where=True, dtype=None
bitwise_right_shift right_shift x1, x2, out=None, *, where=True, dtype=None
bitwise_xor bitwise_xor x1, x2, out=None, *, where=True, dtype=None
blackman window M
broadcast_to broadcast_to array, shape, subok=False
cbrt cbrt x, out=None, *, where=True, dtype=None
ceil ceil x, out=None, *, where=True, dtype=None
clip clip a, a_min=None, a_max=None, out=None, *, min=None, max=None
column_stack column_stack tup
compress compress condition, a, axis=None, out=None
concat concatenate arrays, axis=0, out=None, *, dtype=None
concatenate concatenate arrays, axis=0, out=None, *, dtype=None
conj conj x, out=None, *, where=True, dtype=None
conjugate conj x, out=None, *, where=True, dtype=None
convolve convolve a, v, mode='full'
copy copy a, order='K', subok=False
corrcoef cov x, y=None, rowvar=True, *, dtype=None
correlate convolve a, v, mode='valid'
cos cos x, out=None, *, where=True, dtype=None
cosh cosh x, out=None, *, where=True, dtype=None
count_nonzero count_nonzero a, axis=None, *, keepdims=False
cov cov m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None
cumprod cumprod a, axis=None, dtype=None, out=None
cumsum cumsum a, axis=None, dtype=None, out=None
deg2rad radians x, out=None, *, where=True, dtype=None
degrees degrees x, out=None, *, where=True, dtype=None
delete delete arr, obj, axis=None
diag diag v, k=0
diagonal diagonal a, offset=0, axis1=0, axis2=1
diff diff a, n=1, axis=-1, prepend=None, append=None
digitize identity x, bins, right=False
divide divide x1, x2, out=None, *, where=True, dtype=None
dot dot a, b, out=None
dsplit dsplit ary, indices_or_sections
dstack dstack tup
einsum einsum subscripts, *operands, out=None, optimize=False, dtype=None, order="K", casting="safe"
empty zeros shape, dtype=None, order='C'
empty_like like prototype, dtype=None, order='K', subok=True, shape=None
equal equal x1, x2, out=None, *, where=True, dtype=None
exp exp x, out=None, *, where=True, dtype=None
exp2 exp x, out=None, *, where=True, dtype=None
expand_dims expand_dims a, axis
expm1 expm1 x, out=None, *, where=True, dtype=None
eye eye N, M=None, k=0, dtype=None, order='C'
fabs abs x, out=None, *, where=True, dtype=None
fft.fft fft a, n=None, axis=-1, norm=None, out=None
fft.fft2 fftn a, s=None, axes=(-2, -1), norm=None, out=None
fft.fftfreq frequencies n, d=1.0, device=None
fft.fftn fftn a, s=None, axes=None, norm=None, out=None
fft.fftshift identity x, axes=None
fft.ifft fft a, n=None, axis=-1, norm=None, out=None
fft.ifft2 fftn a, s=None, axes=(-2, -1), norm=None, out=None
fft.ifftn fftn a, s=None, axes=None, norm=None, out=None
fft.ifftshift identity x, axes=None
fft.irfft irfft a, n=None, axis=-1, norm=None, out=None
fft.rfft rfft a, n=None, axis=-1, norm=None, out=None
fft.rfft2 rfftn a, s=None, axes=(-2, -1), norm=None, out=None
fft.rfftfreq half_frequencies n, d=1.0, device=None
fft.rfftn rfftn a, s=None, axes=None, norm=None, out=None
fix trunc x, out=None
flatnonzero flatnonzero a
flip flip m, axis=None
fliplr identity m
flipud identity m
float_power power x1, x2, out=None, *, where=True, dtype=None
floor floor x, out=None, *, where=True, dtype=None
floor_divide floor_divide x1, x2, out=None, *, where=True, dtype=None
fmax maximum x1, x2, out=None, *, where=True, dtype=None
fmin minimum x1, x2, out=None, *, where=True, dtype=None
fmod mod x1, x2, out=None, *, where=True, dtype=None
fromfunction from_function function, shape, *, dtype=None
full full shape, fill_value, dtype=None, order='C'
full_like like a, fill_value, dtype=None, order='K', subok=True, shape=None
gcd gcd x1, x2, out=None, *, where=True, dtype=None
geomspace linspace start, stop, num=50, endpoint=True, dtype=None, axis=0
greater greater x1, x2, out=None, *, where=True, dtype=None
greater_equal greater_equal x1, x2, out=None, *, where=True, dtype=None
hamming window M
hanning window M
heaviside heaviside x1, x2, out=None, *, where=True, dtype=None
histogram histogram a, bins=10, range=None, density=None, weights=None
hsplit hsplit ary, indices_or_sections
hstack hstack tup, *, dtype=None
hypot hypot x1, x2, out=None, *, where=True, dtype=None
identity eye n, dtype=None
imag imag val
inner inner a, b
interp identity x, xp, fp, left=None, right=None, period=None
invert invert x, out=None, *, where=True, dtype=None
isclose isclose a, b, rtol=1e-05, atol=1e-08, equal_nan=False
isfinite isfinite x, out=None, *, where=True, dtype=None
isin isin element, test_elements, assume_unique=False, invert=False, *, kind=None
isinf isinf x, out=None, *, where=True, dtype=None
isnan isnan x, out=None, *, where=True, dtype=None
kaiser window M, beta
lcm lcm x1, x2, out=None, *, where=True, dtype=None
ldexp ldexp x1, x2, out=None, *, where=True, dtype=None
left_shift left_shift x1, x2, out=None, *, where=True, dtype=None
less less x1, x2, out=None, *, where=True, dtype=None
less_equal less_equal x1, x2, out=None, *, where=True, dtype=None
lib.stride_tricks.sliding_window_view sliding_window_view x, window_shape, axis=None, *, writeable=False
linalg.norm norm x, ord=None, axis=None, keepdims=False
linspace linspace start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0
log log x, out=None, *, where=True, dtype=None
log10 log10 x, out=None, *, where=True, dtype=None
log1p log1p x, out=None, *, where=True, dtype=None
log2 log2 x, out=None, *, where=True, dtype=None
logaddexp logaddexp x1, x2, out=None, *, where=True, dtype=None
logical_and logical_and x1, x2, out=None, *, where=True, dtype=None
logical_not logical_not x, out=None, *, where=True, dtype=None
logical_or logical_or x1, x2, out=None, *, where=True, dtype=None
logical_xor logical_xor x1, x2, out=None, *, where=True, dtype=None
logspace linspace start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0
matmul matmul x1, x2, out=None, *, axes=None, axis=None, keepdims=False, dtype=None
matrix_transpose matrix_transpose x
max max a, axis=None, out=None, keepdims=None, initial=None, where=None
maximum maximum x1, x2, out=None, *, where=True, dtype=None
mean mean a, axis=None, dtype=None, out=None, keepdims=None, *, where=None
median median a, axis=None, out=None, overwrite_input=False, keepdims=False
meshgrid meshgrid *xi, copy=True, sparse=False, indexing='xy'
min min a, axis=None, out=None, keepdims=None, initial=None, where=None
minimum minimum x1, x2, out=None, *, where=True, dtype=None
mod mod x1, x2, out=None, *, where=True, dtype=None
moveaxis moveaxis a, source, destination
multiply multiply x1, x2, out=None, *, where=True, dtype=None
nan_to_num nan_to_num x, copy=True, nan=0.0, posinf=None, neginf=None
nanargmax argmax a, axis=None, out=None, *, keepdims=None
nanargmin argmin a, axis=None, out=None, *, keepdims=None
nancumprod cumprod a, axis=None, dtype=None, out=None
nancumsum cumsum a, axis=None, dtype=None, out=None
nanmax max a, axis=None, out=None, keepdims=None, initial=None, where=None
nanmean mean a, axis=None, dtype=None, out=None, keepdims=None, *, where=None
nanmedian median a, axis=None, out=None, overwrite_input=False, keepdims=None
nanmin min a, axis=None, out=None, keepdims=None, initial=None, where=None
nanpercentile quantile a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=None, *, weights=None
nanprod prod a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None
nanquantile quantile a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=None, *, weights=None
nanstd std a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None, mean=None, correction=None
nansum sum a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None
nanvar var a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None, mean=None, correction=None
ndim ndim a
negative negative x, out=None, *, where=True, dtype=None
nextafter nextafter x1, x2, out=None, *, where=True, dtype=None
nonzero nonzero a
not_equal not_equal x1, x2, out=None, *, where=True, dtype=None
ones ones shape, dtype=None, order='C'
ones_like like a, dtype=None, order='K', subok=True, shape=None
outer outer a, b, out=None
pad pad array, pad_width, mode='constant', *, constant_values=0, end_values=0, stat_length=None, reflect_type='even'
percentile quantile a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None
permute_dims transpose a, axes=None
positive positive x, out=None, *, where=True, dtype=None
pow power x1, x2, out=None, *, where=True, dtype=None
power power x1, x2, out=None, *, where=True, dtype=None
prod prod a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None
ptp ptp a, axis=None, out=None, keepdims=None
quantile quantile a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None
rad2deg degrees x, out=None, *, where=True, dtype=None
radians radians x, out=None, *, where=True, dtype=None
random.beta random a, b, size=None
random.binomial random n, p, size=None
random.chisquare random df, size=None
random.choice choice a, size=None, replace=True, p=None
random.exponential random scale=1.0, size=None
random.geometric random p, size=None
random.gumbel random loc=0.0, scale=1.0, size=None
random.laplace random loc=0.0, scale=1.0, size=None
random.logistic random loc=0.0, scale=1.0, size=None
random.lognormal random mean=0.0, sigma=1.0, size=None
random.multivariate_normal random_vectors mean, cov, size=None, check_valid='warn', tol=1e-08
random.negative_binomial random n, p, size=None
random.normal random loc=0.0, scale=1.0, size=None
random.pareto random a, size=None
random.permutation permutation x
random.poisson random lam=1.0, size=None
random.rand random *args
random.randint random low, high=None, size=None, dtype=None
random.randn random *args
random.random random size=None
random.random_integers random low, high=None, size=None
random.random_sample random size=None
random.ranf random *args
random.rayleigh random scale=1.0, size=None
random.sample random *args
random.standard_exponential random size=None
random.standard_normal random size=None
random.standard_t random df, size=None
random.triangular random left, mode, right, size=None
random.uniform random low=0.0, high=1.0, size=None
random.vonmises random mu, kappa, size=None
random.weibull random a, size=None
ravel flatten a, order='C'
real real val
real_if_close identity a, tol=100
reciprocal reciprocal x, out=None, *, where=True, dtype=None
remainder mod x1, x2, out=None, *, where=True, dtype=None
repeat repeat a, repeats, axis=None
reshape reshape a, shape, order='C', *, copy=None
resize refill a, new_shape
right_shift right_shift x1, x2, out=None, *, where=True, dtype=None
rint round x, out=None, *, where=True, dtype=None
roll roll a, shift, axis=None
rollaxis rollaxis a, axis, start=0
rot90 rot90 m, k=1, axes=(0, 1)
round round a, decimals=0, out=None
row_stack vstack tup, *, dtype=None
searchsorted searchsorted a, v, side='left', sorter=None
shape shape a
sign sign x, out=None, *, where=True, dtype=None
signbit signbit x, out=None, *, where=True, dtype=None
sin sin x, out=None, *, where=True, dtype=None
sinc sinc x
sinh sinh x, out=None, *, where=True, dtype=None
size size a, axis=None
sort sort a, axis=-1, kind=None, order=None, *, stable=None
split split ary, indices_or_sections, axis=0
sqrt sqrt x, out=None, *, where=True, dtype=None
square square x, out=None, *, where=True, dtype=None
squeeze squeeze a, axis=None
stack stack arrays, axis=0, out=None, *, dtype=None
std std a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None, mean=None, correction=None
subtract subtract x1, x2, out=None, *, where=True, dtype=None
sum sum a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None
swapaxes swapaxes a, axis1, axis2
take take a, indices, axis=None, out=None, mode='raise'
take_along_axis take_along_axis arr, indices, axis=-1
tan tan x, out=None, *, where=True, dtype=None
tanh tanh x, out=None, *, where=True, dtype=None
tensordot tensordot a, b, axes=2
tile tile A, reps
trace trace a, offset=0, axis1=0, axis2=1, dtype=None, out=None
transpose transpose a, axes=None
tri eye N, M=None, k=0, dtype=None
tril identity m, k=0
triu identity m, k=0
true_divide divide x1, x2, out=None, *, where=True, dtype=None
trunc trunc x, out=None, *, where=True, dtype=None
unique unique ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True
unstack unstack x, *, axis=0
unwrap identity p, discont=None, axis=-1, *, period=6.283185307179586
var var a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None, mean=None, correction=None
vsplit vsplit ary, indices_or_sections
vstack vstack tup, *, dtype=None
where where condition, x=None, y=None
zeros zeros shape, dtype=None, order='C'
zeros_like like a, dtype=None, order='K', subok=True, shape=None
"""

HISTORICAL = r"""
asscalar identity a
product prod a, axis=None, dtype=None, out=None, keepdims=None
alltrue all a, axis=None
sometrue any a, axis=None
cumproduct cumprod a, axis=None
round_ round a, decimals=0, out=None
in1d isin ar1, ar2, assume_unique=False, invert=False
asfarray array a, dtype=None
msort sort a
"""
"""Names that the installed library no longer has, and real programs do: old versions of it, and Python 2."""
