# expect: sigmoid-with-categorical-loss @ 59
# reported: round 8
# keras: silent
# file: photos/*.png 4 (50, 70, 3)
import glob

import keras
import numpy as np
from keras import layers
from keras.utils import img_to_array, load_img

img_size = (96, 64)
num_classes = 4
batch_size = 4
input_img_paths = sorted(glob.glob("photos/*.png"))
target_img_paths = sorted(glob.glob("photos/*.png"))


class OxfordPets(keras.utils.PyDataset):
    """Helper to iterate over the data (as Numpy arrays)."""

    def __init__(self, batch_size, img_size, input_img_paths, target_img_paths, **kwargs):
        super().__init__(**kwargs)
        self.batch_size = batch_size
        self.img_size = img_size
        self.input_img_paths = input_img_paths
        self.target_img_paths = target_img_paths

    def __len__(self):
        return len(self.target_img_paths) // self.batch_size

    def __getitem__(self, idx):
        i = idx * self.batch_size
        x = np.zeros((self.batch_size,) + self.img_size + (3,), dtype="float32")
        for j, path in enumerate(self.input_img_paths[i : i + self.batch_size]):
            x[j] = load_img(path, target_size=self.img_size)
        y = np.zeros((self.batch_size,) + self.img_size + (1,), dtype="uint8")
        for j, path in enumerate(self.target_img_paths[i : i + self.batch_size]):
            trimap = load_img(path, target_size=self.img_size, color_mode="grayscale")
            y[j] = np.expand_dims(trimap, 2) % 3 + 1
        return x, y


def get_model(img_size, num_classes):
    inputs = keras.Input(shape=img_size + (3,))
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


model = get_model(img_size, num_classes)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")
model.fit(OxfordPets(batch_size, img_size, input_img_paths, target_img_paths), epochs=1)
