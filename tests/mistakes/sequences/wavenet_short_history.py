# expect: kernel-wider-than-input @ 16
# keras: crash
import numpy as np
import keras
from keras.layers import Conv1D, Input, Dense, Lambda, Activation, Multiply, Add
from keras.models import Model

n_filters = 32
filter_width = 2
dilation_rates = [2 ** i for i in range(8)]
lookback = 60

history_seq = Input(shape=(lookback, 1))
x = history_seq
for dilation_rate in dilation_rates:
    x = Conv1D(filters=n_filters,
               kernel_size=filter_width,
               padding='valid',
               dilation_rate=dilation_rate)(x)
    x = Activation('relu')(x)
x = Dense(128, activation='relu')(x)
x = Dense(1)(x)
model = Model(history_seq, x)
model.compile('adam', loss='mean_absolute_error')
