# expect: missing-sample-axis @ 28
# keras: crash
import random
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense

samples = [(np.random.rand(66, 200, 3), random.uniform(-1, 1)) for _ in range(32)]


def generator(samples):
    """Endless (image, steering angle)."""
    while True:
        random.shuffle(samples)
        for img, angle in samples:
            if random.random() > 0.5:
                img, angle = np.fliplr(img), -angle
            yield img, np.array([angle])


model = Sequential()
model.add(Conv2D(24, (5, 5), strides=(2, 2), activation='elu', input_shape=(66, 200, 3)))
model.add(Conv2D(36, (5, 5), strides=(2, 2), activation='elu'))
model.add(Flatten())
model.add(Dense(50, activation='elu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(generator(samples), steps_per_epoch=len(samples), epochs=1, verbose=0)
