import numpy as np
import keras
from keras import layers


class ThreeLayerMLP(keras.Model):
    def __init__(self, hidden=(64, 32), num_classes=10, name="mlp"):
        super().__init__(name=name)
        self.hidden_layers = [layers.Dense(h, activation="relu") for h in hidden]
        self.bns = [layers.BatchNormalization() for _ in hidden]
        self.dropout = layers.Dropout(0.3)
        self.pred_layer = layers.Dense(num_classes)

    def call(self, x, training=None):
        for dense, bn in zip(self.hidden_layers, self.bns):
            x = bn(dense(x), training=training)
        if training:
            x = self.dropout(x, training=training)
        return self.pred_layer(x)


class Linear(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer="random_normal", trainable=True)

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units})
        return config


class MLPBlock(layers.Layer):
    def __init__(self):
        super().__init__()
        self.linear_1 = Linear(32)
        self.linear_2 = Linear(16)
        self.linear_3 = Linear(1)

    def call(self, inputs):
        x = self.linear_1(inputs)
        x = keras.ops.relu(x)
        x = self.linear_2(x)
        x = keras.activations.relu(x)
        return self.linear_3(x)


x_train = np.random.random((60, 784)).astype("float32")
y_train = np.random.randint(0, 10, size=(60,))

model = ThreeLayerMLP()
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit(x_train, y_train, batch_size=64, epochs=1)

seq = keras.Sequential([keras.Input(shape=(20,)), Linear(8), MLPBlock()])
mlp = MLPBlock()
y = mlp(keras.Input(shape=(64,)))
