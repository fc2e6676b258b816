# expect: permute-from-zero @ 8
# keras: crash
from keras.layers import LSTM, Input, Permute
from keras.models import Sequential

model = Sequential()
model.add(Input((9, 128)))
model.add(Permute((0, 2, 1)))
model.add(LSTM(8))
