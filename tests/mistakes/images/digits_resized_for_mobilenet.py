# expect: missing-channel-axis @ 9
# keras: silent
import tensorflow as tf
from tensorflow.keras.datasets import mnist

(x_train, y_train), (x_test, y_test) = mnist.load_data()

x_train, y_train = x_train[:500], y_train[:500]
x_train = tf.image.resize(x_train, (32, 32))
x_train = x_train / 255.0
print(x_train.shape, y_train.shape)

model = tf.keras.Sequential([
    tf.keras.layers.Input((32, 32, 1)),
    tf.keras.layers.Conv2D(8, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
