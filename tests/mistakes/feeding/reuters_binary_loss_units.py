# expect: units-unlike-target @ 16
# keras: crash
import numpy as np
from keras import models, layers
from keras.utils import to_categorical

max_words, num_classes = 500, 46
x_train = np.random.randint(0, 2, (64, max_words)).astype("float32")
y_train = np.random.randint(0, num_classes, 64)

model = models.Sequential()
model.add(layers.Input((max_words,)))
model.add(layers.Dense(64, activation='relu'))
model.add(layers.Dense(32, activation='softmax'))
model.compile(optimizer='rmsprop', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, to_categorical(y_train, num_classes), epochs=1, batch_size=16, verbose=0)
