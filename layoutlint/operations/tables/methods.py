"""What the methods, attributes and operators of arrays and tensors mean; ``x`` is the array itself."""

TABLE = r"""
T transpose x
mT matrix_transpose x
all all x, axis=None, out=None, keepdims=False
any any x, axis=None, out=None, keepdims=False
argmax argmax x, axis=None, out=None, *, keepdims=False
argmin argmin x, axis=None, out=None, *, keepdims=False
argsort argsort x, axis=-1, kind=None, order=None
astype cast x, dtype, order='K', casting='unsafe', subok=True, copy=True
clip clip x, min=None, max=None, out=None
conj conj x
conjugate conj x
copy copy x, order='C'
cumprod cumprod x, axis=None, dtype=None, out=None
cumsum cumsum x, axis=None, dtype=None, out=None
diagonal diagonal x, offset=0, axis1=0, axis2=1
dot dot x, other, out=None
eval identity x, session=None
flatten flatten x, order='C'
get_shape shape x
imag imag x
max max x, axis=None, out=None, keepdims=False
mean mean x, axis=None, dtype=None, out=None, keepdims=False
min min x, axis=None, out=None, keepdims=False
ndim ndim x
nonzero nonzero x
numpy identity x
prod prod x, axis=None, dtype=None, out=None, keepdims=False
ptp ptp x, axis=None, out=None, keepdims=False
ravel flatten x, order='C'
read_value identity x
real real x
repeat repeat x, repeats, axis=None
reshape reshape x, *shape, order='C', copy=None
round round x, decimals=0, out=None
shape shape x
size size x
squeeze squeeze x, axis=None
std std x, axis=None, dtype=None, out=None, ddof=0, keepdims=False
sum sum x, axis=None, dtype=None, out=None, keepdims=False
swapaxes swapaxes x, axis1, axis2
take take x, indices, axis=None, out=None, mode='raise'
trace trace x, offset=0, axis1=0, axis2=1, dtype=None, out=None
transpose transpose x, *axes
value identity x
var var x, axis=None, dtype=None, out=None, ddof=0, keepdims=False
__getitem__ getitem x, key
__len__ len x
"""

BINARY = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "//": "floor_divide",
    "%": "mod",
    "**": "power",
    "@": "matmul",
    "&": "bitwise_and",
    "|": "bitwise_or",
    "^": "bitwise_xor",
    "<<": "left_shift",
    ">>": "right_shift",
    "==": "equal",
    "!=": "not_equal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}
"""Operators between two operands."""

UNARY = {"-": "negative", "+": "positive", "~": "invert"}
"""Operators before one operand."""
