"""The knowledge base against the libraries themselves, each where it is installed.

Every piece of code runs with the real library and through the interpreter. ``axes`` says what is expected of
``x``, by what the input is made of (a signal of two seconds at 8000 Hz, a picture of 20 rows and 30 columns);
what the interpreter knows must agree with both. No two axes of an array have the same size, so that none can
stand for another.
"""

from __future__ import annotations

import importlib.util
import struct
import warnings
import wave
import zlib
from pathlib import Path

import numpy as np
import pytest

from layoutlint.interpreter.core.described import KNOWLEDGE
from layoutlint.knowledge.loader import load
from tests.interpreter.snippets import fits, shape_of_x, sizes_of_x

RATE, SECONDS, HEIGHT, WIDTH = 8000, 2, 20, 30
N = RATE * SECONDS
FRAMES = 1 + N // 512
SOUND = "y, sr = librosa.load('mono.wav', sr=8000)\n"
STEREO = "y, sr = librosa.load('stereo.wav', sr=8000, mono=False)\n"
SIGNAL = "s = np.sin(np.arange(48.0)).reshape(3, 16)\nlong = np.sin(np.arange(3000.0)).reshape(3, 1000)\n"
PICTURE = "p = np.random.rand(20, 30, 3)\n"
BYTES = "p = np.random.randint(0, 255, (20, 30, 3)).astype('uint8')\ng = p[:, :, 0]\n"
RAW = (
    "raw = mne.io.RawArray(np.random.randn(4, 1000) * 1e-6, "
    "mne.create_info(['a', 'b', 'c', 'd'], 100.0, 'eeg'), verbose=False)\n"
)
EPOCHS = RAW + "epochs = mne.make_fixed_length_epochs(raw, duration=2.0, preload=True, verbose=False)\n"
F, T = ("features", None), ("frames", FRAMES)
LIKE_S, LIKE_P = [("", 3), ("", 16)], [("", 20), ("", 30), ("", 3)]

LIBROSA = {
    "load": (SOUND + "x = y", [("samples", N)]),
    "load, two channels": (STEREO + "x = y", None),
    "feature.mfcc": (SOUND + "x = librosa.feature.mfcc(y=y, sr=sr, n_mfcc=13)", [("features", 13), T]),
    "feature.mfcc, default": (SOUND + "x = librosa.feature.mfcc(y=y, sr=sr)", [("features", 20), T]),
    "feature.melspectrogram": (
        SOUND + "x = librosa.feature.melspectrogram(y=y, sr=sr, n_mels=40)",
        [("features", 40), T],
    ),
    "power_to_db": (
        SOUND + "x = librosa.power_to_db(librosa.feature.melspectrogram(y=y, sr=sr))",
        [("features", 128), T],
    ),
    "amplitude_to_db": (
        SOUND + "x = librosa.amplitude_to_db(np.abs(librosa.stft(y, n_fft=512)))",
        [("features", 257), ("frames", 1 + N // 128)],
    ),
    "db_to_power": (SOUND + "x = librosa.db_to_power(librosa.feature.mfcc(y=y))", [("features", 20), T]),
    "db_to_amplitude": (
        SOUND + "x = librosa.db_to_amplitude(librosa.feature.mfcc(y=y))",
        [("features", 20), T],
    ),
    "feature.chroma_stft": (SOUND + "x = librosa.feature.chroma_stft(y=y, sr=sr)", [("features", 12), T]),
    "feature.chroma_cqt": (
        SOUND + "x = librosa.feature.chroma_cqt(y=y, sr=sr, n_chroma=18, fmin=50.0, n_octaves=4)",
        [("features", 18), T],
    ),
    "feature.chroma_cens": (
        SOUND + "x = librosa.feature.chroma_cens(y=y, sr=sr, fmin=50.0, n_octaves=4)",
        [("features", 12), T],
    ),
    "feature.spectral_centroid": (SOUND + "x = librosa.feature.spectral_centroid(y=y)", [("features", 1), T]),
    "feature.spectral_bandwidth": (
        SOUND + "x = librosa.feature.spectral_bandwidth(y=y)",
        [("features", 1), T],
    ),
    "feature.spectral_rolloff": (SOUND + "x = librosa.feature.spectral_rolloff(y=y)", [("features", 1), T]),
    "feature.spectral_flatness": (SOUND + "x = librosa.feature.spectral_flatness(y=y)", [("features", 1), T]),
    "feature.spectral_contrast": (
        SOUND + "x = librosa.feature.spectral_contrast(y=y, sr=sr, fmin=100.0, n_bands=4)",
        [("features", 5), T],
    ),
    "feature.tonnetz": (
        SOUND + "x = librosa.feature.tonnetz(y=y, sr=sr, fmin=50.0, n_octaves=4)",
        [("features", 6), T],
    ),
    "feature.rms": (SOUND + "x = librosa.feature.rms(y=y)", [("features", 1), T]),
    "feature.poly_features": (
        SOUND + "x = librosa.feature.poly_features(y=y, order=2)",
        [("features", 3), T],
    ),
    "feature.tempogram": (SOUND + "x = librosa.feature.tempogram(y=y, win_length=50)", [("features", 50), T]),
    "feature.zero_crossing_rate": (SOUND + "x = librosa.feature.zero_crossing_rate(y)", [("features", 1), T]),
    "feature.delta": (SOUND + "x = librosa.feature.delta(librosa.feature.mfcc(y=y))", [("features", 20), T]),
    "two channels": (
        STEREO + "x = librosa.feature.mfcc(y=np.zeros((2, 16000)) + 0.1, n_mfcc=13)",
        [("", 2), ("features", 13), T],
    ),
    "stft": (SOUND + "x = librosa.stft(y, n_fft=1024, hop_length=512)", [("features", 513), T]),
    "cqt": (SOUND + "x = librosa.cqt(y, sr=sr, n_bins=36)", [("features", 36), T]),
    "vqt": (SOUND + "x = librosa.vqt(y, sr=sr, n_bins=36)", [("features", 36), T]),
    "resample": (SOUND + "x = librosa.resample(y, orig_sr=sr, target_sr=4000)", [("samples", N // 2)]),
    "to_mono": (STEREO + "x = librosa.to_mono(y)", [("samples", N)]),
    "effects.trim": (SOUND + "x, index = librosa.effects.trim(y)", [("samples", None)]),
    "effects.time_stretch": (SOUND + "x = librosa.effects.time_stretch(y, rate=2.0)", [("samples", N // 2)]),
    "effects.pitch_shift": (SOUND + "x = librosa.effects.pitch_shift(y, sr=sr, n_steps=2)", [("samples", N)]),
    "effects.harmonic": (SOUND + "x = librosa.effects.harmonic(y)", [("samples", N)]),
    "effects.percussive": (SOUND + "x = librosa.effects.percussive(y)", [("samples", N)]),
    "effects.hpss": (SOUND + "a, x = librosa.effects.hpss(y)", [("samples", N)]),
    "effects.preemphasis": (SOUND + "x = librosa.effects.preemphasis(y)", [("samples", N)]),
    "util.normalize": (SOUND + "x = librosa.util.normalize(y)", [("samples", N)]),
    "util.fix_length": (SOUND + "x = librosa.util.fix_length(y, size=5000)", [("samples", 5000)]),
    "util.frame": (
        SOUND + "x = librosa.util.frame(y, frame_length=100, hop_length=50)",
        [("samples", 100), ("frames", 319)],
    ),
    "magphase": (
        SOUND + "x, phase = librosa.magphase(librosa.stft(y, hop_length=512))",
        [("features", 1025), T],
    ),
    "decompose.hpss": (
        SOUND + "a, x = librosa.decompose.hpss(librosa.stft(y, hop_length=512))",
        [("features", 1025), T],
    ),
}
SCIPY = {
    "signal.spectrogram": (
        SIGNAL + "from scipy import signal\nf, t, x = signal.spectrogram(long, nperseg=64, noverlap=0)",
        [("", 3), ("features", 33), ("frames", 15)],
    ),
    "signal.stft": (
        SIGNAL + "from scipy import signal\nf, t, x = signal.stft(long, nperseg=64)",
        [("", 3), ("features", 33), ("frames", None)],
    ),
    "signal.filtfilt": (
        SIGNAL + "from scipy.signal import filtfilt\nx = filtfilt([1.0, 0.5], [1.0, 0.1], s)",
        LIKE_S,
    ),
    "signal.lfilter": (SIGNAL + "from scipy.signal import lfilter\nx = lfilter([1.0], [1.0], s)", LIKE_S),
    "signal.sosfilt": (
        SIGNAL + "from scipy import signal\nx = signal.sosfilt(signal.butter(2, 0.5, output='sos'), s)",
        LIKE_S,
    ),
    "signal.sosfiltfilt": (
        SIGNAL
        + "from scipy import signal\nx = signal.sosfiltfilt(signal.butter(2, 0.5, output='sos'), long)",
        [("", 3), ("", 1000)],
    ),
    "signal.detrend": (SIGNAL + "from scipy import signal\nx = signal.detrend(s)", LIKE_S),
    "signal.savgol_filter": (SIGNAL + "from scipy import signal\nx = signal.savgol_filter(s, 5, 2)", LIKE_S),
    "signal.medfilt": (SIGNAL + "from scipy import signal\nx = signal.medfilt(s, 3)", LIKE_S),
    "signal.wiener": (SIGNAL + "from scipy import signal\nx = signal.wiener(s, 3)", LIKE_S),
    "signal.hilbert": (SIGNAL + "from scipy import signal\nx = signal.hilbert(s)", LIKE_S),
    "signal.welch": (
        SIGNAL + "from scipy import signal\nf, x = signal.welch(long, nperseg=64)",
        [("", 3), ("features", 33)],
    ),
    "signal.periodogram": (
        SIGNAL + "from scipy import signal\nf, x = signal.periodogram(s)",
        [("", 3), ("features", 9)],
    ),
    "signal.decimate": (
        SIGNAL + "from scipy import signal\nx = signal.decimate(long, 4)",
        [("", 3), ("samples", 250)],
    ),
    "ndimage.gaussian_filter": (
        SIGNAL + "from scipy import ndimage\nx = ndimage.gaussian_filter(s, 1)",
        LIKE_S,
    ),
    "ndimage.gaussian_filter1d": (
        SIGNAL + "from scipy import ndimage\nx = ndimage.gaussian_filter1d(s, 1)",
        LIKE_S,
    ),
    "ndimage.median_filter": (SIGNAL + "from scipy import ndimage\nx = ndimage.median_filter(s, 3)", LIKE_S),
    "ndimage.uniform_filter": (SIGNAL + "from scipy import ndimage\nx = ndimage.uniform_filter(s)", LIKE_S),
    "ndimage.shift": (SIGNAL + "from scipy import ndimage\nx = ndimage.shift(s, 1)", LIKE_S),
    "ndimage.sobel": (SIGNAL + "from scipy import ndimage\nx = ndimage.sobel(s)", LIKE_S),
    "ndimage.convolve": (
        SIGNAL + "from scipy import ndimage\nx = ndimage.convolve(s, np.ones((3, 3)))",
        LIKE_S,
    ),
    "ndimage.rotate": (
        SIGNAL + "from scipy import ndimage\nx = ndimage.rotate(s, 30, reshape=False)",
        LIKE_S,
    ),
    "stats.zscore": (SIGNAL + "from scipy import stats\nx = stats.zscore(s)", LIKE_S),
    "io.wavfile.read": ("from scipy.io import wavfile\nrate, x = wavfile.read('stereo.wav')", None),
}
SOUNDFILE = {
    "read": ("import soundfile as sf\nx, rate = sf.read('stereo.wav')", None),
    "read, always two axes": (
        "import soundfile as sf\nx, rate = sf.read('stereo.wav', always_2d=True)",
        [("samples", N), ("channels", 2)],
    ),
}
SKIMAGE = {
    "io.imread": ("from skimage import io\nx = io.imread('colour.png')", None),
    "io.imread, grey": (
        "from skimage import io\nx = io.imread('colour.png', as_gray=True)",
        [("height", HEIGHT), ("width", WIDTH)],
    ),
    "color.rgb2gray": (PICTURE + "from skimage import color\nx = color.rgb2gray(p)", [("", 20), ("", 30)]),
    **{
        f"{module}.{name}": (f"{PICTURE}from skimage import {module}\nx = {module}.{name}(p)", LIKE_P)
        for module, name in [
            ("color", "rgb2hsv"),
            ("color", "hsv2rgb"),
            ("color", "rgb2lab"),
            ("exposure", "equalize_hist"),
            ("exposure", "equalize_adapthist"),
            ("exposure", "rescale_intensity"),
            ("exposure", "adjust_gamma"),
            ("filters", "gaussian"),
            ("filters", "sobel"),
            ("util", "img_as_float"),
            ("util", "img_as_ubyte"),
            ("util", "random_noise"),
            ("restoration", "denoise_tv_chambolle"),
        ]
    },
    "img_as_float": (PICTURE + "import skimage\nx = skimage.img_as_float(p)", LIKE_P),
    "img_as_ubyte": (PICTURE + "import skimage\nx = skimage.img_as_ubyte(p)", LIKE_P),
    "transform.rotate": (PICTURE + "from skimage import transform\nx = transform.rotate(p, 30)", LIKE_P),
}
COLOUR = [("height", HEIGHT), ("width", WIDTH), ("channels", 3)]
GREY = [("height", HEIGHT), ("width", WIDTH)]
CV2 = {
    "imread": ("x = cv2.imread('colour.png')", COLOUR),
    "imread, grey": ("x = cv2.imread('colour.png', cv2.IMREAD_GRAYSCALE)", GREY),
    "imread, 0": ("x = cv2.imread('colour.png', 0)", GREY),
    "imread, transparent": ("x = cv2.imread('clear.png')", COLOUR),
    "imread, unchanged": ("x = cv2.imread('clear.png', cv2.IMREAD_UNCHANGED)", None),
    "imdecode": (
        "data = np.fromfile('colour.png', 'uint8')\nx = cv2.imdecode(data, cv2.IMREAD_COLOR)",
        COLOUR,
    ),
    "threshold": (
        BYTES + "t, x = cv2.threshold(g.copy(), 100, 255, cv2.THRESH_BINARY)",
        [("", 20), ("", 30)],
    ),
    "adaptiveThreshold": (
        BYTES
        + "x = cv2.adaptiveThreshold(g.copy(), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 5, 2)",
        [("", 20), ("", 30)],
    ),
    "equalizeHist": (BYTES + "x = cv2.equalizeHist(g.copy())", [("", 20), ("", 30)]),
    "Canny": (BYTES + "x = cv2.Canny(g.copy(), 100, 200)", [("height", 20), ("width", 30)]),
    "calcOpticalFlowFarneback": (
        BYTES + "x = cv2.calcOpticalFlowFarneback(g.copy(), g.copy(), None, 0.5, 1, 5, 1, 5, 1.1, 0)",
        [("height", 20), ("width", 30), ("channels", 2)],
    ),
    **{
        call.split("(")[0]: (f"{BYTES}k = np.ones((3, 3), 'uint8')\nx = cv2.{call}", LIKE_P)
        for call in [
            "GaussianBlur(p, (3, 3), 0)",
            "blur(p, (3, 3))",
            "medianBlur(p, 3)",
            "bilateralFilter(p, 5, 75, 75)",
            "erode(p, k)",
            "dilate(p, k)",
            "morphologyEx(p, cv2.MORPH_OPEN, k)",
            "filter2D(p, -1, k)",
            "Laplacian(p, cv2.CV_64F)",
            "Sobel(p, cv2.CV_64F, 1, 0)",
            "bitwise_not(p)",
            "bitwise_and(p, p)",
            "addWeighted(p, 0.5, p, 0.5, 0)",
            "normalize(p, None, 0, 1, cv2.NORM_MINMAX)",
            "absdiff(p, p)",
            "convertScaleAbs(p)",
            "flip(p, 1)",
        ]
    },
    "split": (BYTES + "x = cv2.split(p)[0]", [("", 20), ("", 30)]),
    "split and merge": (BYTES + "b, g, r = cv2.split(p)\nx = cv2.merge([r, g, b])", LIKE_P),
    "VideoCapture.read": ("video = cv2.VideoCapture('film.avi')\nok, x = video.read()", COLOUR),
}
SAMPLES_CHANNELS_STEPS = [("samples", 5), ("channels", 4), ("steps", 200)]
MNE = {
    "io.RawArray": (RAW + "x = raw.get_data()", [("channels", 4), ("steps", 1000)]),
    "io.Raw.get_data, with times": (RAW + "x, t = raw.get_data(return_times=True)", None),
    "io.Raw.copy": (RAW + "x = raw.copy().get_data()", [("channels", 4), ("steps", 1000)]),
    "io.Raw.filter": (
        RAW + "x = raw.filter(1, 20, verbose=False).get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "io.Raw.notch_filter": (
        RAW + "x = raw.notch_filter(20, verbose=False).get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "io.Raw.resample": (RAW + "x = raw.resample(50).get_data()", [("channels", 4), ("steps", 500)]),
    "io.Raw.crop": (RAW + "x = raw.crop(0, 2).get_data()", [("channels", 4), ("steps", 201)]),
    "io.Raw.pick": (RAW + "x = raw.pick(['a', 'b']).get_data()", [("channels", 2), ("steps", 1000)]),
    "io.Raw.pick_types": (
        RAW + "x = raw.pick_types(eeg=True).get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "io.Raw.pick_channels": (
        RAW + "x = raw.pick_channels(['a', 'b']).get_data()",
        [("channels", 2), ("steps", 1000)],
    ),
    "io.Raw.load_data": (RAW + "x = raw.load_data().get_data()", [("channels", 4), ("steps", 1000)]),
    "io.Raw.set_eeg_reference": (
        RAW + "x = raw.set_eeg_reference('average', verbose=False).get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "io.Raw.drop_channels": (
        RAW + "x = raw.drop_channels(['a']).get_data()",
        [("channels", 3), ("steps", 1000)],
    ),
    "io.Raw.rename_channels": (
        RAW + "x = raw.rename_channels({'a': 'e'}).get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "io.Raw.set_montage": (
        RAW + "x = raw.set_montage(None).get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "concatenate_raws": (
        RAW + "x = mne.concatenate_raws([raw, raw.copy()]).get_data()",
        [("channels", 4), ("steps", 2000)],
    ),
    "io.read_raw_fif": (
        RAW + "raw.save('a_raw.fif', overwrite=True, verbose=False)\n"
        "x = mne.io.read_raw_fif('a_raw.fif').get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "io.read_raw_edf": (
        "x = mne.io.read_raw_edf('a.edf', verbose=False).get_data()",
        [("channels", 2), ("steps", 400)],
    ),
    "io.read_raw": (
        RAW
        + "raw.save('a_raw.fif', overwrite=True, verbose=False)\nx = mne.io.read_raw('a_raw.fif').get_data()",
        [("channels", 4), ("steps", 1000)],
    ),
    "make_fixed_length_epochs": (EPOCHS + "x = epochs.get_data()", SAMPLES_CHANNELS_STEPS),
    "Epochs": (
        RAW + "events = mne.make_fixed_length_events(raw, duration=2.0)\n"
        "epochs = mne.Epochs(raw, events, tmin=0, tmax=1.5, baseline=None, preload=True, verbose=False)\n"
        "x = epochs.get_data()",
        [("samples", 5), ("channels", 4), ("steps", 151)],
    ),
    "EpochsArray": (
        RAW + "x = mne.EpochsArray(np.zeros((5, 4, 200)), raw.info, verbose=False).get_data()",
        SAMPLES_CHANNELS_STEPS,
    ),
    "read_epochs": (
        EPOCHS + "epochs.save('a-epo.fif', overwrite=True, verbose=False)\n"
        "x = mne.read_epochs('a-epo.fif', verbose=False).get_data()",
        SAMPLES_CHANNELS_STEPS,
    ),
    "concatenate_epochs": (
        EPOCHS + "x = mne.concatenate_epochs([epochs, epochs.copy()], verbose=False).get_data()",
        [("samples", 10), ("channels", 4), ("steps", 200)],
    ),
    "Epochs.copy": (EPOCHS + "x = epochs.copy().get_data()", SAMPLES_CHANNELS_STEPS),
    "Epochs.filter": (EPOCHS + "x = epochs.filter(5, 20, verbose=False).get_data()", SAMPLES_CHANNELS_STEPS),
    "Epochs.resample": (
        EPOCHS + "x = epochs.resample(50).get_data()",
        [("samples", 5), ("channels", 4), ("steps", 100)],
    ),
    "Epochs.crop": (
        EPOCHS + "x = epochs.crop(0, 1).get_data()",
        [("samples", 5), ("channels", 4), ("steps", 101)],
    ),
    "Epochs.pick": (
        EPOCHS + "x = epochs.pick(['a', 'b']).get_data()",
        [("samples", 5), ("channels", 2), ("steps", 200)],
    ),
    "Epochs.pick_types": (EPOCHS + "x = epochs.pick_types(eeg=True).get_data()", SAMPLES_CHANNELS_STEPS),
    "Epochs.pick_channels": (
        EPOCHS + "x = epochs.pick_channels(['a', 'b']).get_data()",
        [("samples", 5), ("channels", 2), ("steps", 200)],
    ),
    "Epochs.load_data": (EPOCHS + "x = epochs.load_data().get_data()", SAMPLES_CHANNELS_STEPS),
    "Epochs.drop_bad": (EPOCHS + "x = epochs.drop_bad().get_data()", SAMPLES_CHANNELS_STEPS),
    "Epochs.apply_baseline": (
        EPOCHS + "x = epochs.apply_baseline((0, 0.5), verbose=False).get_data()",
        SAMPLES_CHANNELS_STEPS,
    ),
    "Epochs.drop_channels": (
        EPOCHS + "x = epochs.drop_channels(['a']).get_data()",
        [("samples", 5), ("channels", 3), ("steps", 200)],
    ),
    "Epochs.set_eeg_reference": (
        EPOCHS + "x = epochs.set_eeg_reference('average', verbose=False).get_data()",
        SAMPLES_CHANNELS_STEPS,
    ),
    "Epochs.decimate": (
        EPOCHS + "x = epochs.decimate(2, verbose='ERROR').get_data()",
        [("samples", 5), ("channels", 4), ("steps", 100)],
    ),
    "Epochs.average": (EPOCHS + "x = epochs.average().data", [("channels", 4), ("steps", 200)]),
    "Evoked.get_data": (EPOCHS + "x = epochs.average().get_data()", [("channels", 4), ("steps", 200)]),
    "filter.filter_data": (SIGNAL + "x = mne.filter.filter_data(long, 100.0, 5, 20, verbose=False)", None),
    "time_frequency.psd_array_welch": (
        SIGNAL + "x, f = mne.time_frequency.psd_array_welch(long, 100.0, n_fft=128, verbose=False)",
        [("", 3), ("features", 65)],
    ),
    "time_frequency.psd_array_multitaper": (
        SIGNAL + "x, f = mne.time_frequency.psd_array_multitaper(s, 100.0, verbose=False)",
        [("", 3), ("features", 9)],
    ),
}
WFDB = {
    "rdsamp": ("import wfdb\nx, fields = wfdb.rdsamp('record')", [("steps", 500), ("channels", 2)]),
    "rdrecord": ("import wfdb\nx = wfdb.rdrecord('record').p_signal", [("steps", 500), ("channels", 2)]),
}
PYEDFLIB = {
    "EdfReader.readSignal": (
        "import pyedflib\nf = pyedflib.EdfReader('a.edf')\nx = f.readSignal(0)\nf.close()",
        [("steps", 400)],
    ),
    "EdfReader.getNSamples": (
        "import pyedflib\nf = pyedflib.EdfReader('a.edf')\nx = f.getNSamples()\nf.close()",
        [("channels", 2)],
    ),
    "highlevel.read_edf": (
        "import pyedflib\nx, headers, header = pyedflib.highlevel.read_edf('a.edf')",
        None,
    ),
}
AEON = {
    f"datasets.{name}": (
        f"from aeon.datasets import {name}\nx, y = {name}()",
        [("samples", None), ("channels", channels), ("steps", steps)],
    )
    for name, channels, steps in [
        ("load_basic_motions", 6, 100),
        ("load_arrow_head", 1, 251),
        ("load_unit_test", 1, 24),
        ("load_gunpoint", 1, 150),
        ("load_italy_power_demand", 1, 24),
        ("load_osuleaf", 1, 427),
        ("load_acsf1", 1, 1460),
    ]
}
AEON |= {
    "datasets.load_unit_test, two axes": (
        "from aeon.datasets import load_unit_test\n"
        "x, y = load_unit_test(split='train', return_type='numpy2d')",
        [("samples", 20), ("steps", 24)],
    ),
    "datasets.load_classification": (
        "from aeon.datasets import load_classification\nx, y = load_classification('BasicMotions')",
        None,
    ),
    "datasets.load_classification, equal": (
        "from aeon.datasets import load_classification\n"
        "x, y = load_classification('BasicMotions', load_equal_length=True)",
        [("samples", 80), ("channels", 6), ("steps", 100)],
    ),
}
SPEECH = "s = np.sin(np.arange(16000.0))\nimport python_speech_features as psf\n"
PYTHON_SPEECH_FEATURES = {
    "mfcc": (SPEECH + "x = psf.mfcc(s, numcep=12)", [("frames", 99), ("features", 12)]),
    "logfbank": (SPEECH + "x = psf.logfbank(s)", [("frames", 99), ("features", 26)]),
    "fbank": (SPEECH + "x, energy = psf.fbank(s, nfilt=20)", [("frames", 99), ("features", 20)]),
    "ssc": (SPEECH + "x = psf.ssc(s)", [("frames", 99), ("features", 26)]),
    "delta": (SPEECH + "x = psf.delta(psf.mfcc(s), 2)", [("frames", 99), ("features", 13)]),
}
PYWT = {
    "dwt": (SIGNAL + "import pywt\nx, d = pywt.dwt(s, 'haar')", [("", 3), ("steps", 8)]),
    "cwt": (SIGNAL + "import pywt\nx, f = pywt.cwt(s, [1, 2, 3, 4, 5], 'mexh')", None),
}
RASTERIO = {
    "DatasetReader.read": (
        "import rasterio\nx = rasterio.open('a.tif').read()",
        [("channels", 3), ("height", HEIGHT), ("width", WIDTH)],
    ),
    "DatasetReader.read, one": ("import rasterio\nx = rasterio.open('a.tif').read(1)", None),
}
UNKNOWN_RANK = {
    "pydicom": ("import pydicom\nx = pydicom.dcmread('a.dcm').pixel_array", None),
    "nibabel": ("import nibabel\nx = nibabel.load('a.nii').get_fdata()", None),
    "SimpleITK": ("import SimpleITK as sitk\nx = sitk.GetArrayFromImage(sitk.ReadImage('colour.png'))", None),
    "imageio": ("import imageio.v2 as imageio\nx = imageio.imread('colour.png')", None),
    "matplotlib": ("import matplotlib.image as mpimg\nx = mpimg.imread('clear.png')", None),
    "tifffile": ("import tifffile\nx = tifffile.imread('b.tif')", None),
    "gymnasium": ("import gymnasium as gym\nx, info = gym.make('CartPole-v1').reset()", None),
    "h5py": ("import h5py\nx = h5py.File('a.h5')['x']", None),
    "zarr": ("import zarr\nx = zarr.open('a.zarr', mode='r')", None),
}
TENSORFLOW = {
    "io.decode_png": (
        "x = tf.io.decode_png(tf.io.read_file('clear.png'), channels=1)",
        [("height", HEIGHT), ("width", WIDTH), ("channels", 1)],
    ),
    "io.decode_png, as it is": (
        "x = tf.io.decode_png(tf.io.read_file('clear.png'))",
        [("height", HEIGHT), ("width", WIDTH), ("channels", 4)],
    ),
    "io.decode_jpeg": ("x = tf.io.decode_jpeg(tf.io.read_file('colour.png'), channels=3)", COLOUR),
    "io.decode_image": ("x = tf.io.decode_image(tf.io.read_file('colour.png'))", None),
    "io.decode_image, no film": (
        "x = tf.io.decode_image(tf.io.read_file('colour.png'), channels=3, expand_animations=False)",
        COLOUR,
    ),
    "audio.decode_wav": (
        "x, rate = tf.audio.decode_wav(tf.io.read_file('stereo.wav'))",
        [("samples", N), ("channels", 2)],
    ),
    "audio.decode_wav, of one length": (
        "x, rate = tf.audio.decode_wav(tf.io.read_file('stereo.wav'), 1, desired_samples=40)",
        [("samples", 40), ("channels", 1)],
    ),
}
STATSMODELS = {
    "tsa.seasonal.seasonal_decompose": (
        "from statsmodels.tsa.seasonal import seasonal_decompose\n"
        "x = seasonal_decompose(np.sin(np.arange(60.0)), period=12).trend",
        [("", 60)],
    )
}
SKLEARN = {
    f"datasets.{name}": (
        f"from sklearn import datasets\nx = datasets.{name}().data",
        [("samples", rows), ("features", columns)],
    )
    for name, rows, columns in [
        ("load_iris", 150, 4),
        ("load_wine", 178, 13),
        ("load_breast_cancer", 569, 30),
        ("load_diabetes", 442, 10),
        ("load_digits", 1797, 64),
    ]
}
SKLEARN |= {
    f"datasets.{call.split('(')[0]}": (
        f"from sklearn import datasets\nx, y = datasets.{call}",
        [("samples", 50), ("features", columns)],
    )
    for call, columns in [
        ("make_classification(n_samples=50, n_features=7)", 7),
        ("make_regression(n_samples=50, n_features=7)", 7),
        ("make_moons(n_samples=50)", 2),
        ("make_circles(n_samples=50)", 2),
        ("make_blobs(n_samples=50, n_features=7)", 7),
    ]
}

CASES = [
    *[
        (library, f"{library}.{name}", code, axes)
        for library, table in {
            "librosa": LIBROSA,
            "scipy": SCIPY,
            "soundfile": SOUNDFILE,
            "skimage": SKIMAGE,
            "cv2": CV2,
            "mne": MNE,
            "wfdb": WFDB,
            "pyedflib": PYEDFLIB,
            "aeon": AEON,
            "python_speech_features": PYTHON_SPEECH_FEATURES,
            "pywt": PYWT,
            "rasterio": RASTERIO,
            "statsmodels": STATSMODELS,
            "sklearn": SKLEARN,
            "tensorflow": TENSORFLOW,
        }.items()
        for name, (code, axes) in table.items()
    ],
    *[(library, library, code, axes) for library, (code, axes) in UNKNOWN_RANK.items()],
]
ALIASES = {"tensorflow": "import tensorflow as tf\n"}


NOT_RUN = {
    "needs files of a recorder": [
        *("read_raw_gdf", "read_raw_bdf", "read_raw_brainvision", "read_raw_eeglab", "read_raw_cnt"),
        *("read_raw_egi", "read_raw_nirx", "read_raw_ctf", "read_epochs_eeglab"),
    ],
    "needs positions of electrodes": ["interpolate_bads"],
    "needs the network": ["load_regression", "load_data"],
    "needs PyTorch, which is too large for this": ["torchaudio.load", "torchvision.io.read_image"],
    "is what gymnasium does, in an older form": ["gym.make"],
    "is another name of one that is run": [
        *("librosa.core.load", "librosa.core.stft", "image.decode_jpeg", "image.decode_png"),
        *("image.decode_image", "pydicom.read_file"),
    ],
    "is run with its methods": [
        *("cv2.VideoCapture", "cv2.VideoCapture.get", "pyedflib.EdfReader", "rasterio.open"),
        *("mne.Epochs.get_data", "pydicom.dcmread", "gymnasium.make", "gymnasium.Env.step"),
    ],
    "gives no array of numbers": ["tensorflow.io.read_file"],
}
"""What of the knowledge base is not held against its library here: the ends of names."""


def test_every_entry_is_run_or_has_a_reason() -> None:
    run = {name.split(",")[0] for _, name, _, _ in CASES}
    excused = tuple(name for names in NOT_RUN.values() for name in names)
    entries = load(path for path in KNOWLEDGE.glob("*.yaml") if path.stem != "names")
    claiming = {name for name, entry in entries.items() if entry["returns"] is not None or "cases" in entry}
    missing = sorted(name for name in claiming - run if not name.endswith(excused))
    assert missing == [], "give each a program in the table of its library, or a reason in NOT_RUN"


def is_installed(library: str) -> bool:
    return importlib.util.find_spec(library) is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small files of every kind that can be made with what is installed."""
    path = tmp_path_factory.mktemp("files")
    tone = (np.sin(np.arange(N) * 0.3) * 20000).astype("<i2")
    for name, channels in (("mono", 1), ("stereo", 2)):
        with wave.open(str(path / f"{name}.wav"), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(np.repeat(tone[:, None], channels, 1).tobytes())
    for name, kind, channels in (("colour", 2, 3), ("clear", 6, 4)):
        (path / f"{name}.png").write_bytes(_png(kind, channels))
    for make in (_film, _record, _edf, _raster, _volume, _dicom, _tif, _stores):
        make(path)
    return path


def _png(kind: int, channels: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes(range(WIDTH * channels)) for _ in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, kind, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _film(path: Path) -> None:
    if is_installed("cv2"):
        import cv2

        film = cv2.VideoWriter(str(path / "film.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 5, (WIDTH, HEIGHT))
        film.write(np.zeros((HEIGHT, WIDTH, 3), "uint8"))
        film.release()


def _record(path: Path) -> None:
    if is_installed("wfdb"):
        import wfdb

        signal = np.random.default_rng(0).normal(size=(500, 2))
        wfdb.wrsamp(
            "record", 100, ["mV", "mV"], ["I", "II"], p_signal=signal, fmt=["16", "16"], write_dir=str(path)
        )


def _edf(path: Path) -> None:
    if is_installed("pyedflib"):
        from pyedflib import highlevel

        headers = highlevel.make_signal_headers(["a", "b"], sample_frequency=100)
        highlevel.write_edf(str(path / "a.edf"), np.random.default_rng(0).normal(size=(2, 400)), headers)


def _raster(path: Path) -> None:
    if is_installed("rasterio"):
        import rasterio

        with rasterio.open(
            path / "a.tif", "w", driver="GTiff", height=HEIGHT, width=WIDTH, count=3, dtype="uint8"
        ) as raster:
            raster.write(np.zeros((3, HEIGHT, WIDTH), "uint8"))


def _volume(path: Path) -> None:
    if is_installed("nibabel"):
        import nibabel

        nibabel.save(nibabel.Nifti1Image(np.zeros((5, 6, 7)), np.eye(4)), path / "a.nii")


def _dicom(path: Path) -> None:
    if is_installed("pydicom"):
        from pydicom.data import get_testdata_file

        (path / "a.dcm").write_bytes(Path(str(get_testdata_file("CT_small.dcm"))).read_bytes())


def _tif(path: Path) -> None:
    if is_installed("tifffile"):
        import tifffile

        tifffile.imwrite(path / "b.tif", np.zeros((HEIGHT, WIDTH, 3), "uint8"))


def _stores(path: Path) -> None:
    if is_installed("h5py"):
        import h5py

        with h5py.File(path / "a.h5", "w") as file:
            file["x"] = np.zeros((3, 4))
    if is_installed("zarr"):
        import zarr

        zarr.save(str(path / "a.zarr"), np.zeros((3, 4)))


@pytest.mark.parametrize(("library", "name", "code", "axes"), CASES, ids=[case[1] for case in CASES])
def test_what_is_known_of_a_library_is_what_it_does(
    library: str,
    name: str,
    code: str,
    axes: list[tuple[str, int | None]] | None,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = sizes_of_x(code)
    if axes is not None:
        assert [axis.role for axis in shape_of_x(code)] == [role for role, _ in axes]
    if not is_installed(library):
        pytest.skip(f"needs {library}")
    monkeypatch.chdir(folder)
    scope: dict[str, object] = {"np": np}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(f"import {library}\n{ALIASES.get(library, '')}{code}", scope)
    real = np.shape(scope["x"])
    assert fits(known, real)
    if axes is not None:
        assert fits(tuple("?" if size is None else size for _, size in axes), real)
