"""librosa: how many frames a signal of a known length has, as librosa 0.11 itself counts them."""

from __future__ import annotations

import pytest

from layoutlint.readers import source

FRAMES = {
    "feature.mfcc(y=y)": (20, 39),
    "feature.mfcc(y=y, n_mfcc=13, hop_length=160)": (13, 122),
    "feature.melspectrogram(y=y, n_mels=64, n_fft=400, hop_length=160)": (64, 122),
    "feature.melspectrogram(y=y, n_fft=511, hop_length=390)": (128, 50),
    "feature.melspectrogram(y=y, center=False)": (128, 35),
    "feature.chroma_stft(y=y, hop_length=256, center=False)": (12, 69),
    "feature.spectral_centroid(y=y)": (1, 39),
    "feature.spectral_contrast(y=y)": (7, 39),
    "feature.rms(y=y, frame_length=1024, hop_length=256)": (1, 77),
    "feature.zero_crossing_rate(y, frame_length=1024, center=False)": (1, 37),
    "stft(y)": (1025, 39),
    "stft(y, n_fft=512)": (257, 153),
    "stft(y, n_fft=512, hop_length=100, center=False)": (257, 190),
    "util.frame(y, frame_length=1000, hop_length=300)": (1000, 62),
}


@pytest.mark.parametrize("text", FRAMES)
def test_the_frames_of_a_signal(text):
    program = f"import librosa\nimport numpy as np\ny = np.zeros(19500)\nz = np.abs(librosa.{text})\n"
    graph = source.read(program, "program.py")
    (call,) = [call for call in graph.calls if call.layer.class_name == "abs"]
    assert call.input_tensors[0].shape.sizes == FRAMES[text]


def test_the_table_is_that_of_the_library():
    librosa = pytest.importorskip("librosa")
    import numpy as np

    y = np.random.default_rng(0).random(19500)
    assert {text: eval(f"librosa.{text}", {"librosa": librosa, "y": y}).shape for text in FRAMES} == FRAMES
