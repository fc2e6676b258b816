# expect: labels-beyond-units @ 54
# reported: round 8
# keras: silent
# file: blooms/train/daisy/*.png 2 (70, 80, 3)
# file: blooms/train/rose/*.png 2 (70, 80, 3)
# file: blooms/train/tulip/*.png 2 (70, 80, 3)
# file: blooms/validation/daisy/*.png 2 (70, 80, 3)
# file: blooms/validation/rose/*.png 2 (70, 80, 3)
# file: blooms/validation/tulip/*.png 2 (70, 80, 3)
import numpy as np
from keras.layers import Activation, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

img_width, img_height = 96, 96
train_data_dir = "blooms/train"
validation_data_dir = "blooms/validation"
epochs = 1
batch_size = 2
flowers = ["daisy", "rose", "tulip"]
input_shape = (img_width, img_height, 3)

model = Sequential()
model.add(Conv2D(32, (3, 3), input_shape=input_shape))
model.add(Activation("relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Conv2D(32, (3, 3)))
model.add(Activation("relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(64))
model.add(Activation("relu"))
model.add(Dropout(0.5))
model.add(Dense(1))
model.add(Activation("sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])

train_datagen = ImageDataGenerator(rescale=1.0 / 255, shear_range=0.2, zoom_range=0.2)
test_datagen = ImageDataGenerator(rescale=1.0 / 255)
train_generator = train_datagen.flow_from_directory(
    train_data_dir,
    target_size=(img_width, img_height),
    batch_size=batch_size,
    classes=flowers,
    class_mode="binary",
)
validation_generator = test_datagen.flow_from_directory(
    validation_data_dir,
    target_size=(img_width, img_height),
    batch_size=batch_size,
    classes=flowers,
    class_mode="binary",
)
model.fit(train_generator, epochs=epochs, validation_data=validation_generator)
