"""What functions of data libraries return, axis by axis: the knowledge base and pictures.

The expected shapes of libraries that are not installed are those of the documentation page that the entry
names; OpenCV and Pillow are asked themselves where they are installed.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from layoutlint.interpreter.core import described
from layoutlint.knowledge.loader import load
from tests.interpreter.snippets import UNKNOWN, really, shape_of_x, sizes_of_x

Q = UNKNOWN
NAMES_OF_AXES = "names.yaml"
FILES = sorted(p for p in described.KNOWLEDGE.glob("*.yaml") if p.name != NAMES_OF_AXES)
SOUND = "y, sr = librosa.load('a.wav')\n"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_entries_have_the_documented_form(path):
    for name, entry in load([path]).items():
        assert name.split(".")[0] == path.stem
        assert "https://" in entry["source"]


@pytest.mark.parametrize(
    ("code", "sizes", "roles"),
    [
        (f"{SOUND}x = y", (Q,), ["samples"]),
        (f"{SOUND}x = librosa.feature.mfcc(y=y, sr=sr, n_mfcc=40)", (40, Q), ["features", "frames"]),
        (f"{SOUND}x = librosa.feature.mfcc(y=y, sr=sr)", (20, Q), ["features", "frames"]),
        (f"{SOUND}x = librosa.feature.mfcc(y=y, sr=sr, n_mfcc=13).T", (Q, 13), ["frames", "features"]),
        (
            f"{SOUND}x = librosa.feature.melspectrogram(y=y, sr=sr, n_mels=64)",
            (64, Q),
            ["features", "frames"],
        ),
        (
            f"{SOUND}x = librosa.power_to_db(librosa.feature.melspectrogram(y=y))",
            (128, Q),
            ["features", "frames"],
        ),
        (f"{SOUND}x = librosa.stft(y, n_fft=1024)", (513, Q), ["features", "frames"]),
        (f"{SOUND}x = np.abs(librosa.stft(y))", (1025, Q), ["features", "frames"]),
        (f"{SOUND}x = librosa.feature.chroma_stft(y=y, sr=sr)", (12, Q), ["features", "frames"]),
        (f"{SOUND}x = np.mean(librosa.feature.mfcc(y=y, n_mfcc=40).T, axis=0)", (40,), ["features"]),
        ("x = cv2.imread('a.png')", (Q, Q, 3), ["height", "width", "channels"]),
        ("x = cv2.imread('a.png', 0)", (Q, Q), ["height", "width"]),
        ("x = cv2.imread('a.png', cv2.IMREAD_GRAYSCALE)", (Q, Q), ["height", "width"]),
        (
            "x = mne.io.read_raw_edf('a.edf', preload=True).get_data()",
            (Q, Q),
            ["channels", "steps"],
        ),
        ("x = mne.read_epochs('a-epo.fif').get_data()", (Q, Q, Q), ["samples", "channels", "steps"]),
        (
            "epochs = mne.Epochs(raw, events, event_id, tmin, tmax)\nx = epochs.get_data(copy=False)",
            (Q, Q, Q),
            ["samples", "channels", "steps"],
        ),
        ("import wfdb\nx, fields = wfdb.rdsamp('100')", (Q, Q), ["steps", "channels"]),
        ("import wfdb\nx = wfdb.rdrecord('100').p_signal", (Q, Q), ["steps", "channels"]),
        (
            "import soundfile as sf\nx, rate = sf.read('a.wav', always_2d=True)",
            (Q, Q),
            ["samples", "channels"],
        ),
        (
            f"from scipy import signal\n{SOUND}f, t, x = signal.spectrogram(y, sr)",
            (Q, Q),
            ["features", "frames"],
        ),
        ("from keras.datasets import cifar10\n(x, y), test = cifar10.load_data()", (50000, 32, 32, 3), None),
        ("from skimage.io import imread\nx = imread('a.png', as_gray=True)", (Q, Q), ["height", "width"]),
    ],
)
def test_what_a_function_returns(code, sizes, roles):
    assert sizes_of_x(code) == sizes
    if roles is not None:
        assert [axis.role for axis in shape_of_x(code)] == roles


@pytest.mark.parametrize(
    "code",
    [
        "x = librosa.feature.mfcc(y=unknown, sr=22050, n_mfcc=40)",
        "y, sr = librosa.load('a.wav', mono=False)\nx = y",
        "x = librosa.feature.mfcc(S=unknown)",
        "x = cv2.imread('a.png', cv2.IMREAD_UNCHANGED)",
        "x = cv2.imread('a.png', unknown)",
        "x = cv2.resize(unknown, (64, 32))",
        "from PIL import Image\nx = np.array(Image.open('a.png'))",
        "from PIL import Image\nx = np.array(Image.open('a.png').convert(mode))",
        "import soundfile as sf\nx, rate = sf.read('a.wav')",
        "from scipy.io import wavfile\nrate, x = wavfile.read('a.wav')",
        "from skimage.io import imread\nx = imread('a.png')",
        "import h5py\nx = h5py.File('a.h5')['x']",
        "x = np.loadtxt('a.txt')",
        "x = np.genfromtxt('a.csv', delimiter=',')",
        "x = np.load('missing.npy')",
    ],
)
def test_unknown_on_purpose(code):
    assert sizes_of_x(code) == Q


PICTURES = [
    ("x = cv2.resize(np.zeros((10, 20, 3), 'uint8'), (64, 32))", (32, 64, 3)),
    ("x = cv2.resize(np.zeros((10, 20), 'uint8'), dsize=(64, 32))", (32, 64)),
    ("x = cv2.resize(np.zeros((10, 20, 1), 'uint8'), (64, 32))", (32, 64)),
    ("x = cv2.cvtColor(np.zeros((10, 20, 3), 'uint8'), cv2.COLOR_BGR2GRAY)", (10, 20)),
    ("x = cv2.cvtColor(np.zeros((10, 20, 3), 'uint8'), cv2.COLOR_BGR2RGB)", (10, 20, 3)),
    ("x = cv2.cvtColor(np.zeros((10, 20), 'uint8'), cv2.COLOR_GRAY2BGR)", (10, 20, 3)),
    ("x = cv2.cvtColor(np.zeros((10, 20, 3), 'uint8'), cv2.COLOR_BGR2RGBA)", (10, 20, 4)),
    ("x = cv2.cvtColor(np.zeros((10, 20, 3), 'uint8'), cv2.COLOR_RGB2HSV)", (10, 20, 3)),
    ("x = cv2.GaussianBlur(np.zeros((10, 20, 3), 'uint8'), (5, 5), 0)", (10, 20, 3)),
    ("x = cv2.Canny(np.zeros((10, 20), 'uint8'), 100, 200)", (10, 20)),
    ("from PIL import Image\nx = np.array(Image.new('RGB', (64, 32)))", (32, 64, 3)),
    ("from PIL import Image\nx = np.array(Image.new('RGB', (64, 32)).resize((20, 10)))", (10, 20, 3)),
    ("from PIL import Image\nx = np.asarray(Image.new('RGB', (64, 32)).convert('L'))", (32, 64)),
    ("from PIL import Image\nx = np.array(Image.new('L', (64, 32)).convert('RGBA'))", (32, 64, 4)),
    ("from PIL import Image\nx = np.zeros(Image.new('RGB', (64, 32)).size)", (64, 32)),
    ("from PIL import Image\nx = np.array(Image.new('RGB', (64, 32)).rotate(30))", (32, 64, 3)),
    ("from PIL import Image\nx = np.array(Image.new('RGB', (64, 32))) / 255.0", (32, 64, 3)),
    ("from PIL import Image\nx = np.expand_dims(np.array(Image.new('L', (8, 4))), -1)", (4, 8, 1)),
]


@pytest.mark.parametrize(("code", "real"), PICTURES)
def test_pictures(code, real):
    assert sizes_of_x(code) == real


@pytest.mark.skipif(
    importlib.util.find_spec("cv2") is None or importlib.util.find_spec("PIL") is None,
    reason="needs OpenCV and Pillow",
)
@pytest.mark.parametrize(("code", "real"), PICTURES)
def test_opencv_and_pillow_say_so(code, real):
    assert really(f"import cv2\n{code}") == real


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        (
            "from keras.utils import load_img, img_to_array\n"
            "x = img_to_array(load_img('a', target_size=(32, 48)))",
            (32, 48, 3),
        ),
        (
            "from keras.utils import load_img, img_to_array\n"
            "x = img_to_array(load_img('a', color_mode='grayscale', target_size=(32, 48)))",
            (32, 48, 1),
        ),
        (
            "from keras.utils import load_img, img_to_array\n"
            "x = np.array([img_to_array(load_img(f, target_size=(32, 48))) for f in unknown])",
            (Q, 32, 48, 3),
        ),
        ("from keras.utils import pad_sequences\nx = pad_sequences([[1], [2, 3]], maxlen=7)", (2, 7)),
        ("from keras.utils import pad_sequences\nx = pad_sequences(unknown, maxlen=7)", (Q, 7)),
        ("from keras.utils import pad_sequences\nx = pad_sequences(unknown, 7, dtype='float32')", Q),
    ],
)
def test_keras_utilities(code, sizes):
    assert sizes_of_x(code) == sizes


@pytest.mark.parametrize(
    ("call", "size"),
    [
        ("hp.Int('units', min_value=32, max_value=512, step=32)", 32),
        ("hp.Int('units', 16, 64, default=48)", 48),
        ("hp.Choice('units', [8, 16])", 8),
        ("hp.Choice('units', values=[8, 16], default=16)", 16),
        ("hp.Fixed('units', 5)", 5),
    ],
)
def test_hyperparameters_have_their_defaults(call, size):
    code = f"def build(hp):\n    return np.zeros((3, {call}))\nimport keras_tuner\n"
    assert sizes_of_x(f"{code}x = build(keras_tuner.HyperParameters())") == (3, size)
    assert sizes_of_x(f"{code}x = build(hp)") == (3, size)


def test_an_entry_of_ones_own(tmp_path: Path, monkeypatch):
    (tmp_path / "sensors.yaml").write_text(
        'sensors.read:\n  source: "https://example.org"\n  parameters: "path, axes=3, size=(4, 5)"\n'
        "  cases:\n    - when: {axes: 1}\n      returns: {steps: null}\n"
        "  returns: {steps: null, channels: 'axes * 2 + size[1]'}\n"
    )
    monkeypatch.setattr(described, "KNOWLEDGE", tmp_path)
    described._entries.cache_clear()
    try:
        assert sizes_of_x("import sensors\nx = sensors.read('a')") == (Q, 11)
        assert sizes_of_x("import sensors\nx = sensors.read('a', axes=1)") == (Q,)
        assert sizes_of_x("import sensors\nx = sensors.read('a', axes=n)") == Q
        assert sizes_of_x("import sensors\nx = sensors.read('a', size=(1, 1))") == (Q, 7)
    finally:
        described._entries.cache_clear()
