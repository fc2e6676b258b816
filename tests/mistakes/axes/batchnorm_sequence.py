# expect: normalization-axis @ 9
# keras: silent
from keras.layers import LSTM, BatchNormalization, Bidirectional, Dense, Input
from keras.models import Sequential

model = Sequential([
    Input((20, 5)),
    Bidirectional(LSTM(4, return_sequences=True)),
    BatchNormalization(axis=1),
    LSTM(4),
    Dense(1),
])
