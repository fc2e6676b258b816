# expect: reshape-as-transpose @ 10
# keras: silent
import numpy as np
from keras.layers import Conv2D, Dense, Flatten
from keras.models import Sequential

# images as they come from a loader: (samples, rows, cols, channels)
x_train = np.random.rand(20, 32, 32, 3)
y_train = np.random.randint(0, 10, 20)
x_train = x_train.reshape(x_train.shape[0], 3, 32, 32)

model = Sequential()
model.add(Conv2D(4, (3, 3), padding="same", activation="relu", data_format="channels_last", input_shape=(32, 32, 3)))
model.add(Flatten())
model.add(Dense(10, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
print(x_train.shape)
