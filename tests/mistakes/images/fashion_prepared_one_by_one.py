# expect: missing-channel-axis @ 11
# keras: crash
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

(images, labels), _ = keras.datasets.fashion_mnist.load_data()


def preprocess(image, label):
    image = tf.image.resize(image, (64, 64))
    image = tf.cast(image, tf.float32) / 255.0
    return image, label


train = (
    tf.data.Dataset.from_tensor_slices((images[:64], labels[:64]))
    .map(preprocess)
    .batch(16)
)
model = keras.Sequential([
    layers.Input((64, 64, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(train, epochs=1)
