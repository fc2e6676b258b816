# expect: batch-axis-in-shape @ 12
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Activation

X = np.random.rand(120, 64, 64, 3)
Y = np.random.randint(0, 2, (120, 1))

def create_model(x_train):
    model = Sequential()
    model.add(Conv2D(32, (3, 3), input_shape=x_train.shape))
    model.add(Activation('relu'))
    model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Conv2D(64, (3, 3)))
    model.add(Activation('relu'))
    model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Flatten())
    model.add(Dense(1))
    model.add(Activation('sigmoid'))
    return model

model = create_model(X)
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, Y, batch_size=32, validation_split=0.1)
