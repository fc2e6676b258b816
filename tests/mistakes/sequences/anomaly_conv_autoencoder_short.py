# expect: kernel-wider-than-input @ 14
# keras: crash
from tensorflow import keras
from tensorflow.keras import layers

TIME_STEPS = 12
n_sensors = 4

model = keras.Sequential(
    [
        layers.Input(shape=(TIME_STEPS, n_sensors)),
        layers.Conv1D(filters=32, kernel_size=7, strides=2, activation="relu"),
        layers.Dropout(rate=0.2),
        layers.Conv1D(filters=16, kernel_size=7, strides=2, activation="relu"),
        layers.Conv1DTranspose(filters=16, kernel_size=7, padding="same", strides=2, activation="relu"),
        layers.Dropout(rate=0.2),
        layers.Conv1DTranspose(filters=n_sensors, kernel_size=7, padding="same"),
    ]
)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss="mse")
