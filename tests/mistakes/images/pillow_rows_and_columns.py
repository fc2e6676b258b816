# expect: fed-width-before-height @ 28
# expect: swapped-image-size @ 14
# keras: silent
import numpy as np
from PIL import Image
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input
from tensorflow.keras.models import Sequential

rows, cols = 60, 90


def prepare(array):
    img = Image.fromarray(array).convert("RGB")
    img = img.resize((rows, cols))
    return np.asarray(img) / 255.0


scans = [np.random.randint(0, 255, (300, 400, 3), dtype="uint8") for _ in range(3)]
X = np.array([prepare(scan) for scan in scans])

model = Sequential([
    Input((rows, cols, 3)),
    Conv2D(4, 5, strides=2, activation="relu"),
    Flatten(),
    Dense(1),
])
model.compile(loss="mse", optimizer="sgd")
model.fit(X, np.array([0.1, 0.4, 0.2]), verbose=0)
