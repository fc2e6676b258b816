# which input a model has depends on the layer that begins it
import keras
from keras.layers import LSTM, Conv1D, Dense, MaxPooling1D
from settings import by_rows, kind

wide = Conv1D(8, 3, padding="same", input_shape=(1, 8000)) if by_rows else Conv1D(8, 3, input_shape=(8000, 1))
one = keras.Sequential()
one.add(wide)
one.add(MaxPooling1D(2))

table = {"rows": Conv1D(8, 3, padding="same", input_shape=(1, 8000)), "none": Dense(8)}
two = keras.Sequential([table[kind], MaxPooling1D(4)])

if by_rows:
    first = LSTM(3, input_shape=(1, 500))
else:
    first = LSTM(3, input_shape=(500, 1))
three = keras.Sequential([first])

alike = (
    Conv1D(8, 5, padding="same", input_shape=(40, 2))
    if by_rows
    else LSTM(8, return_sequences=True, input_shape=(40, 2))
)
four = keras.Sequential([alike, MaxPooling1D(64)])  # expect: kernel-wider-than-input
