# expect: rank-mismatch @ 14
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Dropout

num_rows, num_columns, num_channels = 40, 174, 1
num_labels = 10

x_train = np.random.rand(20, num_rows, num_columns)
filter_size = 2

model = Sequential()
model.add(Conv2D(filters=16, kernel_size=2, input_shape=(num_rows, num_columns), activation='relu'))
model.add(MaxPooling2D(pool_size=2))
model.add(Dropout(0.2))
model.add(Flatten())
model.add(Dense(num_labels, activation='softmax'))
