# keras.datasets.cifar10 gives the pictures in the configured order, in every version of Keras
import keras
from keras import layers

keras.backend.set_image_data_format("channels_first")
(x, y), _ = keras.datasets.cifar10.load_data()
model = keras.Sequential(
    [keras.Input((3, 32, 32)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10, activation="softmax")]
)
model.compile("sgd", "sparse_categorical_crossentropy")
model.fit(x, y)
