# expect: fed-axes-swapped @ 42
# expect: swapped-image-size @ 23
# reported: round 7
# keras: silent
# file: street/*.png 4 (60, 90, 3)
# file: street_labels.npy (4,)<3
import glob

import numpy as np
import tensorflow as tf
from PIL import Image

HEIGHT, WIDTH = 64, 64


def load_chw(path):
    """Images are kept channels first, as the annotation tool exports them."""
    image = Image.open(path).convert("RGB").resize((WIDTH, HEIGHT))
    return np.transpose(np.asarray(image), (2, 0, 1))


def to_channels_last(image):
    return image.swapaxes(0, -1)


paths = sorted(glob.glob("street/*.png"))
images = np.stack([to_channels_last(load_chw(p)) for p in paths]).astype("float32") / 255.0
labels = np.load("street_labels.npy")

model = tf.keras.Sequential([
    tf.keras.layers.Input((HEIGHT, WIDTH, 3)),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.GlobalAveragePooling2D(),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(images, labels, epochs=1)

photo = np.asarray(Image.open(paths[0]).convert("RGB").resize((WIDTH, HEIGHT))) / 255.0
print(model.predict(photo[np.newaxis]))
