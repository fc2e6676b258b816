import numpy as np
import keras
from keras import layers

# moving squares, (n, t, h, w)
n_samples, n_frames, size = 10, 8, 24
movies = np.zeros((n_samples, n_frames, size, size), dtype="float32")
for i in range(n_samples):
    xstart, ystart = np.random.randint(4, 12, 2)
    for t in range(n_frames):
        movies[i, t, xstart + t // 2:xstart + t // 2 + 4, ystart:ystart + 4] = 1.0
dataset = np.expand_dims(movies, axis=-1)

indexes = np.arange(dataset.shape[0])
np.random.shuffle(indexes)
train_index = indexes[: int(0.9 * dataset.shape[0])]
val_index = indexes[int(0.9 * dataset.shape[0]):]
train_dataset = dataset[train_index]
val_dataset = dataset[val_index]


def create_shifted_frames(data):
    x = data[:, 0: data.shape[1] - 1, :, :]
    y = data[:, 1: data.shape[1], :, :]
    return x, y


x_train, y_train = create_shifted_frames(train_dataset)
x_val, y_val = create_shifted_frames(val_dataset)
print("Training Dataset Shapes: " + str(x_train.shape) + ", " + str(y_train.shape))

# Construct the input layer with no definite frame size.
inp = layers.Input(shape=(None, *x_train.shape[2:]))
x = layers.ConvLSTM2D(filters=8, kernel_size=(5, 5), padding="same", return_sequences=True, activation="relu")(inp)
x = layers.BatchNormalization()(x)
x = layers.ConvLSTM2D(filters=8, kernel_size=(3, 3), padding="same", return_sequences=True, activation="relu")(x)
x = layers.BatchNormalization()(x)
x = layers.ConvLSTM2D(filters=4, kernel_size=(1, 1), padding="same", return_sequences=True, activation="relu")(x)
x = layers.Conv3D(filters=1, kernel_size=(3, 3, 3), activation="sigmoid", padding="same")(x)
model = keras.models.Model(inp, x)
model.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam())
model.fit(x_train, y_train, batch_size=5, epochs=1, validation_data=(x_val, y_val))

# encoder - forecaster
past, future = x_train.shape[1] - 3, 3
enc_in = layers.Input((past,) + x_train.shape[2:])
e = layers.TimeDistributed(layers.Conv2D(8, 3, strides=2, padding="same"))(enc_in)
e, h, c = layers.ConvLSTM2D(8, 3, padding="same", return_state=True)(e)
d = layers.Reshape((1, *e.shape[1:]))(e)
d = layers.Concatenate(axis=1)([d] * future)
d = layers.ConvLSTM2D(8, 3, padding="same", return_sequences=True)(d, initial_state=[h, c])
d = layers.TimeDistributed(layers.Conv2DTranspose(8, 3, strides=2, padding="same"))(d)
d = layers.TimeDistributed(layers.Conv2D(1, 1, activation="sigmoid"))(d)
forecaster = keras.Model(enc_in, d)

tail = keras.Sequential([
    keras.Input((n_frames, size, size, 1)),
    layers.Bidirectional(layers.ConvLSTM2D(4, 3, strides=2)),
    layers.Flatten(),
    layers.Dense(1),
])
