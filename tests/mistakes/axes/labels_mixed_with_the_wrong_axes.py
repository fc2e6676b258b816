# expect: samples-against-samples @ 19
# reported: round 6
# keras: silent
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class MixUp:
    def __init__(self, model, beta=0.2):
        self.model, self.beta = model, beta

    def fprop(self, x, y):
        first = tf.random.gamma((tf.shape(x)[0], 1, 1, 1), self.beta)
        second = tf.random.gamma((tf.shape(x)[0], 1, 1, 1), self.beta)
        mix = first / (first + second + 1e-9)
        mix = tf.maximum(mix, 1 - mix)
        xm = x + mix * (x[::-1] - x)
        ym = y + mix * (y[::-1] - y)
        log_probs = tf.nn.log_softmax(self.model(xm, training=True))
        return -tf.reduce_mean(tf.reduce_sum(ym * log_probs, axis=-1))


def classifier():
    return keras.Sequential([
        keras.Input((32, 32, 3)),
        layers.Conv2D(16, 3, strides=2, activation="relu"),
        layers.Conv2D(32, 3, strides=2, activation="relu"),
        layers.Flatten(),
        layers.Dense(10),
    ])


(x_train, y_train), _ = keras.datasets.cifar10.load_data()
x_train = x_train.astype("float32") / 255.0
y_train = keras.utils.to_categorical(y_train, 10).astype("float32")
model = classifier()
loss = MixUp(model)
optimizer = keras.optimizers.Adam()
for x, y in tf.data.Dataset.from_tensor_slices((x_train, y_train)).batch(16).take(4):
    with tf.GradientTape() as tape:
        value = loss.fprop(x, y)
    optimizer.apply_gradients(zip(tape.gradient(value, model.trainable_variables), model.trainable_variables))
