"""Weather-like forecasting: window generator class, several models in a dict."""
import numpy as np
import tensorflow as tf

IN_STEPS = 24
OUT_STEPS = 6
data = np.random.rand(500, 5).astype(np.float32)
columns = ['p', 'T', 'rh', 'wv', 'wd']
column_indices = {name: i for i, name in enumerate(columns)}
num_features = data.shape[1]

n = len(data)
train_df = data[0:int(n * 0.7)]
val_df = data[int(n * 0.7):int(n * 0.9)]
test_df = data[int(n * 0.9):]
train_mean = train_df.mean(axis=0)
train_std = train_df.std(axis=0)
train_df = (train_df - train_mean) / train_std


class WindowGenerator:
    def __init__(self, input_width, label_width, shift, label_columns=None):
        self.input_width = input_width
        self.label_width = label_width
        self.shift = shift
        self.label_columns = label_columns
        self.total_window_size = input_width + shift
        self.input_slice = slice(0, input_width)
        self.label_start = self.total_window_size - self.label_width
        self.labels_slice = slice(self.label_start, None)

    def __repr__(self):
        return '\n'.join([f'Total window size: {self.total_window_size}'])

    def split_window(self, features):
        inputs = features[:, self.input_slice, :]
        labels = features[:, self.labels_slice, :]
        return inputs, labels

    def make(self, array):
        starts = np.arange(len(array) - self.total_window_size + 1)
        idx = starts[:, None] + np.arange(self.total_window_size)[None, :]
        return self.split_window(array[idx])

    @property
    def train(self):
        return self.make(train_df)


w = WindowGenerator(IN_STEPS, OUT_STEPS, shift=OUT_STEPS)
x, y = w.train

models = {}
models['linear'] = tf.keras.Sequential([
    tf.keras.layers.Lambda(lambda x: x[:, -1:, :]),
    tf.keras.layers.Dense(OUT_STEPS * num_features, kernel_initializer=tf.initializers.zeros()),
    tf.keras.layers.Reshape([OUT_STEPS, num_features])
])
CONV_WIDTH = 3
models['conv'] = tf.keras.Sequential([
    tf.keras.layers.Lambda(lambda x: x[:, -CONV_WIDTH:, :]),
    tf.keras.layers.Conv1D(32, activation='relu', kernel_size=(CONV_WIDTH)),
    tf.keras.layers.Dense(OUT_STEPS * num_features),
    tf.keras.layers.Reshape([OUT_STEPS, num_features])
])
models['lstm'] = tf.keras.Sequential([
    tf.keras.layers.LSTM(16, return_sequences=False),
    tf.keras.layers.Dense(OUT_STEPS * num_features),
    tf.keras.layers.Reshape([OUT_STEPS, num_features])
])


class FeedBack(tf.keras.Model):
    def __init__(self, units, out_steps):
        super().__init__()
        self.out_steps = out_steps
        self.units = units
        self.lstm_cell = tf.keras.layers.LSTMCell(units)
        self.lstm_rnn = tf.keras.layers.RNN(self.lstm_cell, return_state=True)
        self.dense = tf.keras.layers.Dense(num_features)

    def warmup(self, inputs):
        x, *state = self.lstm_rnn(inputs)
        prediction = self.dense(x)
        return prediction, state

    def call(self, inputs, training=None):
        predictions = []
        prediction, state = self.warmup(inputs)
        predictions.append(prediction)
        for n in range(1, self.out_steps):
            x = prediction
            x, state = self.lstm_cell(x, states=state, training=training)
            prediction = self.dense(x)
            predictions.append(prediction)
        predictions = tf.stack(predictions)
        predictions = tf.transpose(predictions, [1, 0, 2])
        return predictions


for name, model in models.items():
    model.compile(loss='mse', optimizer='adam')
    model.fit(x, y, epochs=1)

feedback = FeedBack(units=8, out_steps=OUT_STEPS)
feedback(tf.keras.Input((IN_STEPS, num_features)))
