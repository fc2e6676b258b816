# expect: swapped-image-size @ 16
# reported: round 4
# keras: silent
# file: street.png (70, 100, 3)
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models
from tensorflow.keras.preprocessing.image import img_to_array, load_img

img_width = 96
img_height = 64
img_size = (img_width, img_height, 3)


def preprocess_image(image_path):
    img = load_img(image_path, target_size=(img_width, img_height))
    img = img_to_array(img)
    return np.expand_dims(img, axis=0) / 127.5 - 1


dream = layers.Input(img_size)
x = layers.Conv2D(16, 3, activation="relu", padding="same")(dream)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(32, 3, activation="relu", padding="same")(x)
features = models.Model(dream, x)

picture = tf.Variable(preprocess_image("street.png"))
for _ in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(features(picture)))
    gradient = tape.gradient(loss, picture)
    picture.assign_add(0.01 * gradient / (tf.math.reduce_std(gradient) + 1e-8))
