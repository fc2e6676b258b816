# expect: units-unlike-target @ 20
# reported: round 3
# keras: crash
# file: catsdogs/train/a/*.png 4 (70, 80, 3)
# file: catsdogs/train/b/*.png 4 (70, 80, 3)
from tensorflow.keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

gen_train = ImageDataGenerator(rescale=1.0 / 255, validation_split=0.25)
train = gen_train.flow_from_directory("catsdogs/train", target_size=(64, 64), batch_size=2, shuffle=True)

model = Sequential()
model.add(Conv2D(16, (3, 3), activation="relu", input_shape=(64, 64, 3)))
model.add(MaxPooling2D(2, 2))
model.add(Flatten())
model.add(Dense(32, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
model.fit(train, epochs=1)
