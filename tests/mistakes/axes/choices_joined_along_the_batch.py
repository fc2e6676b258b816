# expect: works-along-batch @ 21
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


class InputChoice(layers.Layer):
    def __init__(self, mask, reduction="concat"):
        super().__init__()
        self.mask = mask
        self.reduction = reduction

    def call(self, tensors):
        chosen = [tensor for tensor, keep in zip(tensors, self.mask) if keep]
        if self.reduction == "sum":
            return tf.add_n(chosen)
        if self.reduction == "mean":
            return tf.add_n(chosen) / len(chosen)
        return tf.concat(chosen, axis=0)


class Net(models.Model):
    def __init__(self, classes):
        super().__init__()
        self.conv1 = layers.Conv2D(16, 3, padding="same", activation="relu")
        self.conv2 = layers.Conv2D(16, 3, padding="same", activation="relu")
        self.skip = InputChoice([True, True])
        self.pool = layers.GlobalAveragePooling2D()
        self.out = layers.Dense(classes, activation="softmax")

    def call(self, x):
        first = self.conv1(x)
        second = self.conv2(first)
        x = self.skip([first, second])
        return self.out(self.pool(x))


net = Net(5)
images = np.random.rand(10, 32, 32, 3).astype("float32")
probabilities = net(images).numpy()
print(probabilities.shape, np.argmax(probabilities, axis=1))
