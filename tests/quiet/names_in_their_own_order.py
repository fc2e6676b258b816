"""Results and states that are unpacked in the order in which Keras returns them, or under names that say nothing."""

import keras
import numpy as np
from keras import layers


def two_heads():
    inputs = keras.Input((12,))
    hidden = layers.Dense(16, activation="relu")(inputs)
    value = layers.Dense(1, name="value")(hidden)
    policy = layers.Dense(4, activation="softmax", name="policy")(hidden)
    return keras.Model(inputs, [value, policy])


class Encoder(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.rnn = layers.Bidirectional(layers.LSTM(units, return_state=True))
        self.attend = layers.MultiHeadAttention(2, units // 2)

    def call(self, x, key_padding=None):
        out, h_forward, c_forward, h_backward, c_backward = self.rnn(x)
        keys, values = x, x
        context = self.attend(x, values, keys)
        memory = self.attend(x, keys, values)
        state = keras.ops.concatenate([h_forward, h_backward], axis=-1)
        cell = keras.ops.concatenate([c_forward, c_backward], axis=-1)
        return state, cell, context + memory


class OwnLoss(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(1)

    def call(self, x):
        return self.out(x)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(keras.ops.square(y[:, None] - y_pred))


states = np.random.rand(40, 12)
net = two_heads()
values, policies = net.predict(states)
new_value, new_policy = net(states)
net.compile("adam", loss=["mse", "categorical_crossentropy"], metrics=[["mae"], ["accuracy"]])
total, value_loss, policy_loss, value_mae, accuracy = net.evaluate(states, [values, policies])

single = keras.Sequential([layers.Input((12,)), layers.Dense(1, activation="sigmoid")])
single.compile("adam", "binary_crossentropy", metrics=["accuracy"])
loss, acc = single.evaluate(states, np.ones(40))
test_loss, test_accuracy = single.evaluate(states, np.ones(40))

print(Encoder(8)(np.zeros((2, 5, 3)))[0].shape)
model = OwnLoss()
model.compile("adam")
model.fit(states, np.random.rand(40), epochs=1)
