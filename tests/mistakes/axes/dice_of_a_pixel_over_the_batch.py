# expect: works-along-batch @ 12
# expect: works-along-batch @ 13
# expect: works-along-batch @ 13
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K


def dice_coefficient(y_true, y_pred, smooth=1.0):
    y_true = K.cast(y_true, "float32")
    intersection = K.sum(y_true * y_pred, axis=0)
    union = K.sum(y_true, axis=0) + K.sum(y_pred, axis=0)
    return K.mean((2.0 * intersection + smooth) / (union + smooth))


def dice_loss(y_true, y_pred):
    return 1.0 - dice_coefficient(y_true, y_pred)


def unet(size=32):
    i = tf.keras.Input((size, size, 1))
    a = tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu")(i)
    b = tf.keras.layers.MaxPooling2D()(a)
    b = tf.keras.layers.Conv2D(16, 3, padding="same", activation="relu")(b)
    c = tf.keras.layers.UpSampling2D()(b)
    c = tf.keras.layers.Concatenate()([a, c])
    return tf.keras.Model(i, tf.keras.layers.Conv2D(1, 1, activation="sigmoid")(c))


model = unet()
model.compile(optimizer="adam", loss=dice_loss, metrics=[dice_coefficient])
scans = np.random.rand(8, 32, 32, 1)
masks = (np.random.rand(8, 32, 32, 1) > 0.5).astype("float32")
model.fit(scans, masks, batch_size=4, epochs=1)
