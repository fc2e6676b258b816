# expect: missing-features-axis @ 10
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Conv1D, Flatten, Dense

X = np.random.rand(20, 187)
y = np.random.randint(0, 5, 20)
model = Sequential([
    Conv1D(16, 5, activation='relu', input_shape=X.shape[1:]),
    Flatten(),
    Dense(5, activation='softmax'),
])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(X, y, verbose=0)
