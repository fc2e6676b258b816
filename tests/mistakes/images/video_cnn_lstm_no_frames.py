# expect: missing-time-axis @ 16
# keras: crash
from keras.models import Sequential
from keras.layers import TimeDistributed, Conv2D, MaxPooling2D, Flatten, LSTM, Dense, Input

ROWS, COLS, CHANNELS = 64, 64, 3
FRAMES = 12

cnn = Sequential()
cnn.add(Conv2D(16, (3, 3), activation='relu', input_shape=(ROWS, COLS, CHANNELS)))
cnn.add(MaxPooling2D())
cnn.add(Flatten())

model = Sequential()
model.add(Input(shape=(ROWS, COLS, CHANNELS)))
model.add(TimeDistributed(cnn))
model.add(LSTM(32))
model.add(Dense(4, activation='softmax'))
model.compile('adam', 'categorical_crossentropy')
