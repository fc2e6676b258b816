# expect: undefined-axis @ 11
# keras: crash
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential

model = Sequential()
model.add(Input((None, None, 3)))
model.add(Conv2D(8, 3, activation="relu"))
model.add(MaxPooling2D())
model.add(Flatten())
model.add(Dense(1, activation="sigmoid"))
