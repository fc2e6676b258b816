# expect: crop-width-first @ 20
# expect: crop-width-first @ 21
# reported: round 6
# keras: silent
# file: voc/images/*.png 4 (90, 90, 3)
# file: voc/labels/*.png 4 (90, 90, 3)
import os

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.preprocessing.image import img_to_array, load_img


def pair_random_crop(x, y, crop_size):
    height, width = x.shape[0], x.shape[1]
    crop_height, crop_width = crop_size
    corner_h = np.random.randint(0, height - crop_height + 1)
    corner_w = np.random.randint(0, width - crop_width + 1)
    x = x[corner_w:corner_w + crop_width, corner_h:corner_h + crop_height, :]
    y = y[corner_w:corner_w + crop_width, corner_h:corner_h + crop_height, :]
    return x, y


class SegGenerator(keras.utils.Sequence):
    def __init__(self, folder, crop_size=(32, 48), batch_size=1):
        super().__init__()
        self.images = sorted(os.listdir(os.path.join(folder, "images")))
        self.folder, self.crop_size, self.batch_size = folder, crop_size, batch_size

    def __len__(self):
        return len(self.images) // self.batch_size

    def __getitem__(self, index):
        xs, ys = [], []
        for name in self.images[index * self.batch_size:(index + 1) * self.batch_size]:
            image = img_to_array(load_img(os.path.join(self.folder, "images", name))) / 255.0
            label = img_to_array(load_img(os.path.join(self.folder, "labels", name), color_mode="grayscale"))
            image, label = pair_random_crop(image, label, self.crop_size)
            xs.append(image)
            ys.append(label > 127)
        return np.stack(xs), np.stack(ys).astype("float32")


def fcn():
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))


model = fcn()
model.compile("adam", "binary_crossentropy")
model.fit(SegGenerator("voc"), epochs=1)
