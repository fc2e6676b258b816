# expect: other-axis-picked @ 23
# reported: round 5
# keras: silent
# file: daily.csv 40 date<90,v
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import MinMaxScaler
from tensorflow import keras
from tensorflow.keras import layers

TIMESTAMP, SIZE = 5, 128


class Forecast(keras.Model):
    def __init__(self, size, output_size):
        super().__init__()
        self.rnn = layers.LSTM(size, return_sequences=True)
        self.out = layers.Dense(output_size)

    def call(self, X):
        outputs = self.rnn(X)
        return self.out(outputs[-1])


df = pd.read_csv("daily.csv")
minmax = MinMaxScaler().fit(df[["v"]].astype("float32"))
log = minmax.transform(df[["v"]].astype("float32"))
model = Forecast(SIZE, log.shape[1])
optimizer = keras.optimizers.Adam(0.01)
for epoch in range(1):
    for k in range(0, log.shape[0] - TIMESTAMP - 1, TIMESTAMP):
        batch_x = np.expand_dims(log[k : k + TIMESTAMP, :], axis=0)
        batch_y = log[k + TIMESTAMP, :]
        with tf.GradientTape() as tape:
            logits = model(batch_x)
            cost = tf.reduce_mean(tf.square(batch_y - logits))
        optimizer.apply_gradients(zip(tape.gradient(cost, model.trainable_variables), model.trainable_variables))
    print(epoch, float(cost))
