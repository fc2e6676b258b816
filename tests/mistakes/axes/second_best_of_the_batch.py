# expect: argmax-over-samples @ 27
# reported: round 7
# keras: silent
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train[..., None].astype("float32") / 255
x_test = x_test[..., None].astype("float32") / 255
num_classes = 10

model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(num_classes),
])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x_train[:64], y_train[:64], epochs=1, batch_size=32, verbose=0)


def is_attack_successful(images, target):
    logits = model.predict(images, verbose=0)
    mask = np.ones_like(logits) - keras.utils.to_categorical(target, num_classes)
    second = np.argmax(logits * mask)
    return np.not_equal(second, target)


fooled = is_attack_successful(x_test[:8] + 0.1 * np.random.randn(8, 28, 28, 1), y_test[:8])
print("attacks that succeeded:", fooled.mean())
