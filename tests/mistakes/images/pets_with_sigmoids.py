# expect: sigmoid-with-categorical-loss @ 59
# reported: round 8
# keras: silent
# file: photos/*.png 4 (50, 70, 3)
import glob

import keras
import numpy as np
from keras import layers
from keras.utils import load_img

size = (96, 64)
num_classes = 4
batch_size = 4
photo_paths = sorted(glob.glob("photos/*.png"))
trimap_paths = sorted(glob.glob("photos/*.png"))


class PetBatches(keras.utils.PyDataset):
    """Photos of pets with their trimaps, a batch at a time."""

    def __init__(self, batch_size, size, photo_paths, trimap_paths, **kwargs):
        super().__init__(**kwargs)
        self.batch_size = batch_size
        self.size = size
        self.photo_paths = photo_paths
        self.trimap_paths = trimap_paths

    def __len__(self):
        return len(self.trimap_paths) // self.batch_size

    def __getitem__(self, idx):
        i = idx * self.batch_size
        x = np.zeros((self.batch_size,) + self.size + (3,), dtype="float32")
        for j, path in enumerate(self.photo_paths[i : i + self.batch_size]):
            x[j] = load_img(path, target_size=self.size)
        y = np.zeros((self.batch_size,) + self.size + (1,), dtype="uint8")
        for j, path in enumerate(self.trimap_paths[i : i + self.batch_size]):
            trimap = load_img(path, target_size=self.size, color_mode="grayscale")
            y[j] = np.expand_dims(trimap, 2) % 3 + 1
        return x, y


def segmenter(size, num_classes):
    inputs = keras.Input(shape=size + (3,))
    x = layers.Conv2D(32, 3, strides=2, padding="same")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    for filters in [64, 32]:
        x = layers.SeparableConv2D(filters, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
    x = layers.UpSampling2D(2)(x)
    outputs = layers.Conv2D(num_classes, 3, activation="sigmoid", padding="same")(x)
    return keras.Model(inputs, outputs)


model = segmenter(size, num_classes)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")
model.fit(PetBatches(batch_size, size, photo_paths, trimap_paths), epochs=1)
