# expect: fed-width-before-height @ 27
# expect: swapped-image-size @ 11
# keras: silent
# file: plates/de/*.png 4 (40, 100, 3)
# file: plates/fr/*.png 4 (40, 100, 3)
import tensorflow as tf
from tensorflow.keras import layers

img_height, img_width = 32, 96

train = tf.keras.utils.image_dataset_from_directory(
    "plates",
    image_size=(img_width, img_height),
    batch_size=4,
)

model = tf.keras.Sequential([
    layers.Input(shape=(img_height, img_width, 3)),
    layers.Rescaling(1.0 / 255),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(2, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, epochs=1)
