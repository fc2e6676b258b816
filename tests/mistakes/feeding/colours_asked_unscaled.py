# expect: images-unlike-training @ 38
# reported: round 6
# keras: silent
# file: catsdogs/train/a/*.png 3 (70, 80, 3)
# file: catsdogs/train/b/*.png 3 (70, 80, 3)
# file: catsdogs/train/a/0.png (70, 80, 3)
import time

import numpy as np
import tensorflow as tf
from tensorflow import keras


def build(classes):
    image = keras.Input((64, 64, 3))
    top = keras.layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    bottom = keras.layers.Conv2D(16, 5, strides=2, padding="same", activation="relu")(image)
    merged = keras.layers.Concatenate()([keras.layers.GlobalMaxPooling2D()(top), keras.layers.GlobalMaxPooling2D()(bottom)])
    merged = keras.layers.Dropout(0.5)(keras.layers.Dense(64, activation="relu")(merged))
    return keras.Model(image, keras.layers.Dense(classes, activation="softmax")(merged))


def train():
    datagen = keras.preprocessing.image.ImageDataGenerator(
        rescale=1.0 / 255, shear_range=0.2, zoom_range=0.3, horizontal_flip=True, validation_split=0.25)
    training_set = datagen.flow_from_directory("catsdogs/train", target_size=(64, 64), batch_size=4, class_mode="categorical")
    model = build(training_set.num_classes)
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    model.fit(training_set, epochs=1)
    return model


def test(model, path):
    image = tf.keras.preprocessing.image.load_img(path, target_size=(64, 64))
    input_arr = keras.preprocessing.image.img_to_array(image)
    input_arr = np.array([input_arr])
    t = time.time()
    output = model.predict(input_arr)
    print("time taken = ", (time.time() - t) * 1000)
    return output.argmax(axis=-1)


print(test(train(), "catsdogs/train/a/0.png"))
