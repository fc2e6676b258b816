# expect: argmax-over-samples @ 9
# keras: silent
import numpy as np
from keras.layers import Dense, Input
from keras.models import Sequential

model = Sequential([Input((4,)), Dense(3, activation="softmax")])
X_test = np.random.rand(9, 4)
label = np.argmax(model.predict(X_test, verbose=0))
