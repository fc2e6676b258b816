# the same values and colours on other ways, a model in a model, and what is not known to be an image
import cv2
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.applications.mobilenet_v2 import preprocess_input


def net(shape):
    return keras.Sequential([keras.Input(shape), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(10, "softmax")])


generator = keras.preprocessing.image.ImageDataGenerator(preprocessing_function=preprocess_input)
by_generator = net((64, 64, 3))
by_generator.compile("adam", "sparse_categorical_crossentropy")
by_generator.fit(generator.flow_from_directory("photos", target_size=(64, 64), class_mode="sparse"))
photo = keras.utils.img_to_array(keras.utils.load_img("photo.png", target_size=(64, 64)))
by_generator.predict(preprocess_input(photo[None]))

by_hand = net((64, 64, 3))
by_hand.compile("adam", "sparse_categorical_crossentropy")
bgr = cv2.resize(cv2.imread("a.png"), (64, 64))
rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
by_hand.fit(np.stack([rgb, rgb]) / 127.5 - 1, np.array([0, 1]))
by_hand.predict(preprocess_input(photo[None]))
by_hand.predict((np.array([bgr[..., ::-1]]).astype("float32") - 127.5) / 128)

both = net((28, 28, 1))
both.compile("adam", "sparse_categorical_crossentropy")
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
both.fit(x_train[..., None], y_train)
both.fit(x_train[..., None] / 255, y_train)
both.predict(x_test[..., None])

dummy = net((28, 28, 1))
dummy.compile("adam", "sparse_categorical_crossentropy")
dummy.fit(np.random.rand(8, 28, 28, 1), np.zeros(8))
dummy.predict(x_test[..., None])
mean, std = x_train.mean(), x_train.std()
dummy.fit((x_train[..., None] - mean) / std, y_train)
dummy.predict(x_test[..., None] / 255)
