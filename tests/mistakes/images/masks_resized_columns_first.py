# expect: swapped-image-size @ 28
# reported: round 7
# keras: silent
# file: slices.npy (8, 32, 48)
# file: masks.npy (8, 32, 48, 1)
import os

import numpy as np
from skimage.transform import resize
from tensorflow.keras.layers import Conv2D, Input, MaxPooling2D, UpSampling2D
from tensorflow.keras.models import Model

img_rows, img_cols = 32, 32
image_rows = 420
image_cols = 580


def preprocess(imgs):
    imgs_p = np.ndarray((imgs.shape[0], img_rows, img_cols), dtype=np.float32)
    for i in range(imgs.shape[0]):
        imgs_p[i] = resize(imgs[i], (img_rows, img_cols), preserve_range=True)
    return imgs_p[..., np.newaxis]


def prep(img):
    img = img.astype("float32")
    img = (img > 0.5).astype(np.uint8)
    img = resize(img, (image_cols, image_rows), preserve_range=True)
    return img


def run_length_enc(label):
    x = label.transpose().flatten()
    y = np.where(x > 0)[0]
    return "" if len(y) < 10 else " ".join(map(str, y[:4]))


imgs, masks = np.load("slices.npy"), np.load("masks.npy")[..., 0]
x_train, y_train = preprocess(imgs) / 255., preprocess(masks)
inputs = Input((img_rows, img_cols, 1))
c1 = Conv2D(8, (3, 3), activation="relu", padding="same")(inputs)
p1 = MaxPooling2D(pool_size=(2, 2))(c1)
u1 = UpSampling2D()(Conv2D(16, (3, 3), activation="relu", padding="same")(p1))
outputs = Conv2D(1, (1, 1), activation="sigmoid")(u1)
model = Model(inputs, outputs)
model.compile("adam", "binary_crossentropy")
model.fit(x_train, y_train, batch_size=4, epochs=1)
imgs_test = model.predict(x_train)
rles = [run_length_enc(prep(imgs_test[i, :, :, 0])) for i in range(len(imgs_test))]
