# expect: reshape-as-transpose @ 15
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense
from keras.utils import to_categorical

def unpickle_batch(n=20):
    # rows of 3072 bytes: the red plane, the green plane, the blue plane
    return {b'data': np.random.randint(0, 255, (n, 3072), dtype='uint8'),
            b'labels': list(np.random.randint(0, 10, n))}

batch = unpickle_batch()
planes = batch[b'data'].reshape((len(batch[b'data']), 3, 32, 32))
images = np.reshape(planes, (len(planes), 32, 32, 3)).astype('float32') / 255.
labels = to_categorical(batch[b'labels'], 10)

model = Sequential()
model.add(Conv2D(16, (3, 3), activation='relu', input_shape=(32, 32, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
model.compile('adam', 'categorical_crossentropy')
model.fit(images, labels, epochs=1, verbose=0)
