"""Frames, windows and spectra of a signal, by numpy and by TensorFlow, on the way to small networks."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, Sequential, layers

RATE, SECONDS = 8000, 2
FRAME, HOP, FFT = 256, 128, 512
t = np.arange(RATE * SECONDS) / RATE
signal = np.sin(2 * np.pi * 440 * t) + 0.1 * np.random.randn(len(t))

# by hand: overlapping frames under a Hann window, magnitude of the real FFT
starts = range(0, len(signal) - FRAME + 1, HOP)
frames = np.stack([signal[s:s + FRAME] * np.hanning(FRAME) for s in starts])
spectra = np.abs(np.fft.rfft(frames, n=FFT, axis=-1))
log_spectra = np.log(spectra ** 2 + 1e-10)
net = Sequential([Input(log_spectra.shape), layers.Conv1D(16, 5), layers.MaxPooling1D(2), layers.LSTM(8)])
seen = layers.Dense(3)(log_spectra)
back = np.fft.irfft(np.fft.rfft(frames), axis=1)
layers.Dense(2)(back)
full = np.fft.fftshift(np.abs(np.fft.fft(frames, axis=1)), axes=1)
layers.Dense(4)(full)
windows = np.array([np.hamming(64), np.blackman(64), np.bartlett(64), np.kaiser(64, 14)])
layers.Dense(5)(windows)
freqs = np.fft.rfftfreq(FFT, d=1 / RATE)
layers.Dense(6)(np.c_[freqs, freqs ** 2])
layers.Dense(7)(np.r_[signal[:100], np.zeros(28)][None])
picture = np.abs(np.fft.fft2(np.random.rand(3, 20, 30)))
layers.Conv1D(2, 3)(picture)
overlapping = np.convolve(signal[:200], np.ones(11) / 11, mode="valid")
layers.Dense(8)(overlapping.reshape(-1, 10))

# TensorFlow's own
waves = tf.random.normal((4, 4000))
stft = tf.signal.stft(waves, frame_length=255, frame_step=128)
magnitude = tf.abs(stft)[..., tf.newaxis]
x = inputs = Input(magnitude.shape[1:])
x = layers.Resizing(32, 32)(x)
x = layers.Conv2D(8, 3)(x)
model = Model(inputs, layers.Dense(5)(layers.Flatten()(x)))
mel_matrix = tf.signal.linear_to_mel_weight_matrix(40, 129, 16000, 80.0, 7600.0)
mel = tf.matmul(tf.abs(stft), mel_matrix)
mfcc = tf.signal.mfccs_from_log_mel_spectrograms(tf.math.log(mel + 1e-6))[..., :13]
layers.GRU(6)(mfcc)
framed = tf.signal.frame(waves, 400, 160)
layers.Conv1D(3, 9)(framed)
padded = tf.signal.frame(waves, frame_length=400, frame_step=160, pad_end=True)
layers.Conv1D(4, 9)(padded)
spectrum = tf.abs(tf.signal.rfft(framed, [512]))
layers.Conv1D(5, 3)(spectrum)
restored = tf.signal.irfft(tf.signal.rfft(framed))
layers.Conv1D(6, 3)(restored)
fourier = tf.abs(tf.signal.fft(tf.cast(framed, tf.complex64)))
layers.Conv1D(7, 3)(fourier)
whole = tf.signal.stft(waves, 256, 64, fft_length=512, pad_end=True)
layers.Conv1D(8, 3)(tf.abs(whole))
layers.Dense(9)(tf.signal.hann_window(128)[tf.newaxis, :])
layers.Dense(10)(tf.signal.dct(framed))
again = tf.signal.overlap_and_add(framed, 160)
layers.Dense(11)(again)
