# expect: swapped-image-size @ 31
# expect: swapped-image-size @ 38
# reported: round 8
# keras: silent
# file: dataset/training_set/a/*.png 2 (70, 80, 3)
# file: dataset/training_set/b/*.png 2 (70, 80, 3)
# file: dataset/validation_set/a/*.png 2 (70, 80, 3)
# file: dataset/validation_set/b/*.png 2 (70, 80, 3)
from keras.layers import Activation, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

# the size in which all photos are loaded
img_width, img_height = 150, 100
batch_size = 4

model = Sequential()
model.add(Conv2D(16, (3, 3), input_shape=(img_width, img_height, 3)))
model.add(Activation("relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Conv2D(32, (3, 3)))
model.add(Activation("relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(32, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])

datagen = ImageDataGenerator(rescale=1.0 / 255, horizontal_flip=True)
train_generator = datagen.flow_from_directory(
    "dataset/training_set",
    target_size=(img_width, img_height),
    batch_size=batch_size,
    class_mode="binary",
    shuffle=True,
)
validation_generator = datagen.flow_from_directory(
    "dataset/validation_set", target_size=(img_width, img_height), batch_size=batch_size, class_mode="binary"
)
model.fit(train_generator, epochs=1, validation_data=validation_generator)
