# expect: swapped-image-size @ 23
# keras: crash
import cv2
import numpy as np
from keras import layers, models


def small_unet():
    inp = layers.Input((64, 64, 3))
    a = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
    b = layers.Conv2D(16, 3, padding="same", activation="relu")(layers.MaxPooling2D()(a))
    c = layers.Concatenate()([layers.UpSampling2D()(b), a])
    return models.Model(inp, layers.Conv2D(1, 1, activation="sigmoid")(c))


model = small_unet()
photo = np.random.randint(0, 255, (48, 80, 3)).astype("uint8")

x = cv2.resize(photo, (64, 64)) / 255.0
mask = model.predict(x[np.newaxis], verbose=0)[0, :, :, 0]
mask = (mask > 0.5).astype("uint8")

mask = cv2.resize(mask, photo.shape[:2], interpolation=cv2.INTER_NEAREST)
cut_out = photo * mask[..., None]
print(cut_out.shape)
