import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

HORIZON = 5
WINDOW_SIZE = 7 * HORIZON
N_NEURONS = 32
N_LAYERS = 3
N_STACKS = 4
INPUT_SIZE = WINDOW_SIZE
THETA_SIZE = INPUT_SIZE + HORIZON


class NBeatsBlock(tf.keras.layers.Layer):
    def __init__(self, input_size: int, theta_size: int, horizon: int, n_neurons: int, n_layers: int, **kwargs):
        super().__init__(**kwargs)
        self.input_size = input_size
        self.theta_size = theta_size
        self.horizon = horizon
        self.n_neurons = n_neurons
        self.n_layers = n_layers
        # Block contains stack of fully connected layers each has ReLU activation
        self.hidden = [tf.keras.layers.Dense(n_neurons, activation="relu") for _ in range(n_layers)]
        self.theta_layer = tf.keras.layers.Dense(theta_size, activation="linear", name="theta")

    def call(self, inputs):
        x = inputs
        for layer in self.hidden:
            x = layer(x)
        theta = self.theta_layer(x)
        backcast, forecast = theta[:, :self.input_size], theta[:, -self.horizon:]
        return backcast, forecast


prices = np.cumsum(np.random.randn(200))


def get_labelled_windows(x, horizon=1):
    return x[:, :-horizon], x[:, -horizon:]


def make_windows(x, window_size=7, horizon=1):
    window_step = np.expand_dims(np.arange(window_size + horizon), axis=0)
    window_indexes = window_step + np.expand_dims(np.arange(len(x) - (window_size + horizon - 1)), axis=0).T
    windowed_array = x[window_indexes]
    return get_labelled_windows(windowed_array, horizon=horizon)


full_windows, full_labels = make_windows(prices, window_size=WINDOW_SIZE, horizon=HORIZON)
split_size = int(len(full_windows) * 0.8)
train_windows, test_windows = full_windows[:split_size], full_windows[split_size:]

nbeats_block_layer = NBeatsBlock(INPUT_SIZE, THETA_SIZE, HORIZON, N_NEURONS, N_LAYERS, name="InitialBlock")
stack_input = layers.Input(shape=(INPUT_SIZE,), name="stack_input")
backcast, forecast = nbeats_block_layer(stack_input)
residuals = layers.subtract([stack_input, backcast], name="subtract_00")

for i, _ in enumerate(range(N_STACKS - 1)):
    backcast, block_forecast = NBeatsBlock(
        input_size=INPUT_SIZE,
        theta_size=THETA_SIZE,
        horizon=HORIZON,
        n_neurons=N_NEURONS,
        n_layers=N_LAYERS,
        name=f"NBeatsBlock_{i}",
    )(residuals)
    residuals = layers.subtract([residuals, backcast], name=f"subtract_{i}")
    forecast = layers.add([forecast, block_forecast], name=f"add_{i}")

model_7 = tf.keras.Model(inputs=stack_input, outputs=forecast, name="model_7_N-BEATS")
model_7.compile(loss="mae", optimizer=tf.keras.optimizers.Adam(0.001), metrics=["mae", "mse"])

# plain dense baseline on the same windows
baseline = tf.keras.Sequential([
    layers.Input((train_windows.shape[1],)),
    layers.Lambda(lambda x: tf.expand_dims(x, axis=1)),
    layers.Conv1D(filters=16, kernel_size=5, padding="causal", activation="relu"),
    layers.Reshape((-1,)),
    layers.Dense(full_labels.shape[-1]),
])
