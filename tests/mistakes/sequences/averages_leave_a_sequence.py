# expect: steps-unlike-target @ 21
# reported: round 3
# keras: crash
import numpy as np
from keras.layers import LSTM, AveragePooling1D, Dense, TimeDistributed
from keras.losses import categorical_crossentropy
from keras.models import Sequential
from keras.optimizers import RMSprop

train_x = np.random.rand(11, 120, 19)
train_y = np.eye(2)[np.random.randint(0, 2, 11)]

model = Sequential()
model.add(LSTM(24, input_shape=(120, 19), return_sequences=True))
model.add(TimeDistributed(Dense(1)))
model.add(AveragePooling1D(2))
model.add(Dense(2, activation="softmax"))
print(model.summary())

model.compile(loss=categorical_crossentropy, optimizer=RMSprop(learning_rate=0.01))
model.fit(train_x, train_y, epochs=1, batch_size=6, verbose=1)
