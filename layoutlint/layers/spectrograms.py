"""Layers that make spectrograms of sounds. Shapes from ``keras/src/layers/preprocessing``."""

from __future__ import annotations

from layoutlint.layers.spatial import joined, slide, split
from layoutlint.layers.spec import LayerArguments, LayerSpec, Weights, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, add, floor_divide, multiply


def _mel(arguments: LayerArguments, shape: Shape) -> Shape:
    """(batch, samples) → (batch, mel bins, frames); a single signal goes without the batch."""
    if not shape:
        raise ShapeError(ErrorKind.RANK, "MelSpectrogram: expected min_ndim=1, found ndim=0")
    *batch, samples = shape[:2] if shape.rank > 1 else shape
    stride = arguments.size("sequence_stride")
    frames = floor_divide(add(samples.size, add(stride, 1)), stride)
    return Shape((*batch, Axis(arguments.size("num_mel_bins"), "channels"), samples.sized(frames)))


def _mel_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return {1: ("samples",), 2: ("batch", "samples")}.get(shape.rank, ("batch", "samples", "..."))


def _bins(arguments: LayerArguments) -> int:
    """Return the number of frequencies of one channel: ``fft_length // 2 + 1``."""
    free = arguments["fft_length"] is None
    length = arguments.size("frame_length" if free else "fft_length")
    if isinstance(length, Expression):
        raise UndeterminedError(f"the length of the Fourier transform is {length}")
    # the default is the next power of two
    return (1 << (length - 1).bit_length() if free else length) // 2 + 1


def _stft(arguments: LayerArguments, shape: Shape) -> Shape:
    """(batch, samples, channels) → (batch, frames, bins x channels), or the two apart with expand_dims."""
    batch, (samples,), channels = split(arguments, shape)
    if channels.size is None:
        message = f"STFTSpectrogram: the channel axis of the input must be defined, got {shape}"
        raise ShapeError(ErrorKind.UNDEFINED, message)
    frame = arguments.size("frame_length")
    step: Size = floor_divide(frame, 2) if arguments["frame_step"] is None else arguments.size("frame_step")
    padding = arguments.choice("padding", ("valid", "same"))
    frames = samples.sized(slide("STFTSpectrogram", samples.size, frame, step, padding))
    bins = _bins(arguments) * (2 if arguments.text("mode") == "stft" else 1)
    if not arguments.flag("expand_dims"):
        return joined(arguments, batch, [frames], Axis(multiply(channels.size, bins), "channels"))
    return joined(arguments, batch, [frames, Axis(bins, "frequencies")], channels)


def _stft_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return ("batch", "channels", "samples") if arguments.channels_first else ("batch", "samples", "channels")


def _stft_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    kernel = (arguments.size("frame_length"), 1, _bins(arguments))
    mode = arguments.text("mode")
    return {name: kernel for name, other in _STFT_KERNELS.items() if mode != other}


_STFT_KERNELS = {"real_kernel": "imag", "imag_kernel": "real"}
"""Each kernel, and the mode that does without it."""


def _check_stft(arguments: LayerArguments) -> None:
    arguments.choice("mode", ("log", "magnitude", "psd", "real", "imag", "angle", "stft"))
    arguments.choice("padding", ("valid", "same"))
    frame, step, transform = (arguments[name] for name in ("frame_length", "frame_step", "fft_length"))
    if not isinstance(frame, int):
        return
    if isinstance(step, int) and not 1 <= step <= frame:
        message = f"STFTSpectrogram: frame_step={step} must be between 1 and frame_length={frame}"
        raise ShapeError(ErrorKind.ARGUMENT, message)
    if isinstance(transform, int) and transform < frame:
        message = f"STFTSpectrogram: fft_length={transform} must not be less than frame_length={frame}"
        raise ShapeError(ErrorKind.ARGUMENT, message)


LAYERS: tuple[LayerSpec, ...] = (
    layer(
        "MelSpectrogram",
        "fft_length=2048, sequence_stride=512, sequence_length=None, window='hann', sampling_rate=16000, "
        "num_mel_bins=128, min_freq=20.0, max_freq=None, power_to_db=True, top_db=80.0, mag_exp=2.0, "
        "min_power=1e-10, ref_power=1.0",
        _mel,
        reads=_mel_reads,
    ),
    layer(
        "STFTSpectrogram",
        "mode='log', frame_length=256, frame_step=None, fft_length=None, window='hann', periodic=False, "
        "scaling='density', padding='valid', expand_dims=False, data_format=None",
        _stft,
        reads=_stft_reads,
        rank=3,
        weights=_stft_weights,
        check=_check_stft,
    ),
)
