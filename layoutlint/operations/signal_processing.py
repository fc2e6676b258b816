"""Operations of signal processing: frames, windows, spectra.

Sources: "Discrete Fourier Transform", https://numpy.org/doc/stable/reference/routines.fft.html; "tf.signal",
https://www.tensorflow.org/api_docs/python/tf/signal; ``keras/src/ops/math.py``.
"""

from __future__ import annotations

from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import UndeterminedError
from layoutlint.model.sizes import Size, add, ceil_divide, floor_divide, multiply, subtract, unknown_size
from layoutlint.operations.bound_arguments import BoundArguments


def frames(given: BoundArguments) -> Shape:
    """``tf.signal.frame``: an axis cut into frames, (…, frames, frame_length, …)."""
    source = given.shape("x")
    place = given.normal(-1 if given["axis"] is None else given["axis"], source.rank, "axis")
    length, step = given.number("frame_length"), given.number("frame_step")
    count = _count(source[place].size, length, step, whole=not given.flag("pad_end"))
    return Shape((*source[:place], Axis(count), Axis(length), *source[place + 1 :]))


def _count(size: Size, length: Size, step: Size, *, whole: bool) -> Size:
    """Return how many frames of a length begin every so many steps; with ``whole`` those that end within."""
    if not whole:
        return ceil_divide(size, step)
    count = add(floor_divide(subtract(size, length), step), 1)
    return max(count, 0) if isinstance(count, int) else count


def short_time(given: BoundArguments) -> Shape:
    """``tf.signal.stft``: (…, frames, fft_length // 2 + 1)."""
    source = given.shape("x")
    length, step = given.number("frame_length"), given.number("frame_step")
    given.normal(-1, source.rank, "axis")
    count = _count(source[-1].size, length, step, whole=not given.flag("pad_end"))
    if given["fft_length"] is not None:
        bins: Size = _half(given.number("fft_length"))
    elif isinstance(length, int) and length > 0:
        bins = _half(1 << (length - 1).bit_length())
    else:
        bins = unknown_size()
    return Shape((*source[:-1], Axis(count, "frames"), Axis(bins, "frequencies")))


def keras_short_time(given: BoundArguments) -> tuple[Shape, Shape]:
    """``keras.ops.stft``: real and imaginary part, each (…, frames, fft_length // 2 + 1)."""
    source = given.shape("x")
    step, length = given.number("sequence_stride"), given.number("fft_length")
    given.normal(-1, source.rank, "axis")
    size = source[-1].size
    if given["center"] is None or given.flag("center"):
        size = add(size, multiply(2, floor_divide(length, 2)))
    count = _count(size, length, step, whole=True)
    made = Shape((*source[:-1], Axis(count, "frames"), Axis(_half(length), "frequencies")))
    return made, made


def overlapped(given: BoundArguments) -> Shape:
    """``overlap_and_add``: frames laid over each other, (…, (frames - 1) * step + length)."""
    source = given.shape("x")
    given.normal(-2, source.rank, "axis")
    step = given.number("frame_step")
    return Shape((*source[:-2], Axis(_joined(source[-2].size, step, source[-1].size))))


def inverse_short_time(given: BoundArguments) -> Shape:
    """``tf.signal.inverse_stft``: (…, (frames - 1) * step + frame_length)."""
    source = given.shape("x")
    given.normal(-2, source.rank, "axis")
    length, step = given.number("frame_length"), given.number("frame_step")
    return Shape((*source[:-2], Axis(_joined(source[-2].size, step, length))))


def _joined(count: Size, step: Size, length: Size) -> Size:
    return add(multiply(subtract(count, 1), step), length)


def _half(length: Size) -> Size:
    return add(floor_divide(length, 2), 1)


def spectrum(half: bool) -> Any:
    """``fft`` (the axis stays, or has length ``n``) and ``rfft`` (half of it and one)."""

    def shape(given: BoundArguments) -> Shape:
        source = given.shape("x")
        index = _axis(given, source)
        length = _length(given)
        size = source[index].size if length is None else length
        return source.replaced(index, Axis(_half(size) if half else size))

    return shape


def inverse_half_spectrum(given: BoundArguments) -> Shape:
    """``irfft``: ``n``, or twice what a half spectrum of an even length leaves."""
    source = given.shape("x")
    index = _axis(given, source)
    length = _length(given)
    size = multiply(subtract(source[index].size, 1), 2) if length is None else length
    return source.replaced(index, Axis(size))


def _axis(given: BoundArguments, source: Shape) -> int:
    return given.normal(-1 if given["axis"] is None else given["axis"], source.rank, "axis")


def _length(given: BoundArguments) -> Size:
    """Return the argument ``n``: a number, or TensorFlow's list of one."""
    value = given["n"]
    if value is None:
        return None
    if isinstance(value, list | tuple) and len(value) == 1:
        return given.sizes("n")[0]
    return given.number("n")


def many_spectra(half: bool) -> Any:
    """``fft2``, ``fftn`` and (with ``half``) ``rfft2``, ``rfftn``: over several axes, each as long as before
    unless ``s`` says otherwise; the last one halved.
    """

    def shape(given: BoundArguments) -> Shape:
        source = given.shape("x")
        if given["s"] is not None:
            raise UndeterminedError("the lengths of its axes are given")
        axes = given.axes("axis", source.rank) or tuple(range(source.rank))
        if not axes:
            raise UndeterminedError("an array without axes")
        last = axes[-1]
        return source.replaced(last, Axis(_half(source[last].size))) if half else source

    return shape


def keras_spectrum(half: bool) -> Any:
    """``keras.ops.fft`` of a pair of tensors, ``keras.ops.rfft`` of one: a pair."""

    def shape(given: BoundArguments) -> tuple[Shape, Shape]:
        if half:
            source = given.shape("x")
            index = given.normal(-1, source.rank, "axis")
            size = source[index].size if given["n"] is None else given.number("n")
            made = source.replaced(index, Axis(_half(size)))
            return made, made
        pair = given["x"]
        if not isinstance(pair, list | tuple) or isinstance(pair, Shape) or len(pair) != 2:
            raise UndeterminedError("no pair of a real and an imaginary part")
        if not all(isinstance(part, Shape) for part in pair):
            raise UndeterminedError("its input is unknown")
        return pair[0], pair[1]

    return shape


def window(given: BoundArguments) -> Shape:
    """``np.hanning(M)`` and its like: a row of as many weights."""
    return Shape.of(given.number("n"))


def frequencies(half: bool) -> Any:
    """``fftfreq(n)``: the frequencies of a spectrum; ``rfftfreq(n)`` of a half one."""

    def shape(given: BoundArguments) -> Shape:
        length = given.number("n")
        return Shape.of(_half(length) if half else length)

    return shape


def mel_matrix(given: BoundArguments) -> Shape:
    """``tf.signal.linear_to_mel_weight_matrix``: (spectrogram bins, mel bins)."""
    mel, bins = given.number("mel_bins"), given.number("bins")
    return Shape((Axis(bins, "frequencies"), Axis(mel, "mel")))


def cosine_transform(given: BoundArguments) -> Shape:
    """``tf.signal.dct``: the last axis stays, or has length ``n``."""
    source = given.shape("x")
    index = given.normal(-1, source.rank, "axis")
    return source if given["n"] is None else source.replaced(index, Axis(given.number("n")))
