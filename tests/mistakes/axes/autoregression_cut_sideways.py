# expect: reshape-as-transpose @ 39
# expect: reshape-as-transpose @ 40
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

input_size = 20
num_train_points = 400
lr = 1e-3


class ARData:
    def __init__(self, num_datapoints, num_prev, noise_var=0.1):
        series = np.cumsum(np.random.normal(0, noise_var, num_datapoints + num_prev)).astype("float32")
        self.X = np.array([series[i:i + num_prev] for i in range(num_datapoints)])
        self.y = series[num_prev:num_prev + num_datapoints]


class TimeMajorLSTM(keras.Model):
    def __init__(self, hidden):
        super().__init__()
        self.cell = layers.LSTMCell(hidden)
        self.linear = layers.Dense(1)

    def call(self, sequence):
        batch = tf.shape(sequence)[1]
        states = [tf.zeros((batch, self.cell.units)), tf.zeros((batch, self.cell.units))]
        for step in range(input_size):
            output, states = self.cell(sequence[step], states)
        return tf.reshape(self.linear(output), [-1])


data = ARData(num_train_points, input_size)
X_train, y_train = data.X[:320], data.y[:320]
X_test, y_test = data.X[320:], data.y[320:]
X_train = np.reshape(X_train, [input_size, -1, 1])
X_test = np.reshape(X_test, [input_size, -1, 1])

model, optimizer = TimeMajorLSTM(32), keras.optimizers.Adam(lr)
for t in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(X_train) - y_train))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
print(float(tf.reduce_mean(tf.square(model(X_test) - y_test))))
