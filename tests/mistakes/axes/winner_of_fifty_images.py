# expect: argmax-over-samples @ 34
# reported: round 5
# keras: silent
# file: photos/*.png 8 (40, 60, 3)
import glob

import numpy as np
from PIL import Image
from tensorflow.keras import layers, models

LABELS = np.array(["tabby", "tiger", "lynx", "fox", "wolf"])
paths = sorted(glob.glob("photos/*.png"))


def preprocess(path):
    image = Image.open(path).convert("RGB").resize((64, 64))
    return np.asarray(image, dtype="float32") / 255.0


net = models.Sequential(
    [
        layers.Input((64, 64, 3)),
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(4),
        layers.Flatten(),
        layers.Dense(len(LABELS), activation="softmax"),
    ]
)
data = np.stack([preprocess(path) for path in paths])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(data, np.arange(len(data)) % len(LABELS), epochs=1)

out = net.predict(data)
print("Predicted class is #{}.".format(out.argmax()))
