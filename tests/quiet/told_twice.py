# Keras up to 2.3 took the input_dim of a recurrent layer, whatever its input_shape was, and passed over the
# shape that a Conv2DTranspose was to have
from keras.layers import LSTM, Activation, Conv2D, Conv2DTranspose, Dense, Reshape
from keras.models import Sequential

lagged = Sequential()
lagged.add(LSTM(input_shape=(1,), input_dim=1, output_dim=16, return_sequences=True))
lagged.add(LSTM(input_shape=(1,), input_dim=16, output_dim=16))
lagged.add(Dense(2))
lagged.compile("adam", "mse")
lagged.fit(prices().reshape(100, 20, 1), labels(), nb_epoch=5)  # noqa: F821

decoder = Sequential()
decoder.add(Conv2D(8, kernel_size=(3, 3), padding="same", input_shape=(64, 64, 3)))
decoder.add(
    Conv2DTranspose(
        8,
        kernel_size=(3, 3),
        strides=(2, 2),
        padding="same",
        input_shape=(8, 64, 64),
        output_shape=(None, 8, 128, 128),
    )
)
decoder.add(Conv2D(12, kernel_size=(1, 1), padding="same"))
decoder.add(Reshape((128 * 128, 12)))
decoder.add(Activation("softmax"))
