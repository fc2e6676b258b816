# expect: images-unlike-training @ 27
# reported: round 5
# keras: silent
# file: catsdogs/train/a/*.png 2 (70, 80, 3)
# file: catsdogs/train/b/*.png 2 (70, 80, 3)
import cv2
import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

classifier = Sequential()
classifier.add(Conv2D(32, (3, 3), input_shape=(64, 64, 3), activation="relu"))
classifier.add(MaxPooling2D(pool_size=(2, 2)))
classifier.add(Flatten())
classifier.add(Dense(units=1, activation="sigmoid"))
classifier.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])

train_datagen = ImageDataGenerator(rescale=1.0 / 255, horizontal_flip=True)
training_set = train_datagen.flow_from_directory("catsdogs/train", target_size=(64, 64), batch_size=4, class_mode="binary")
classifier.fit(training_set, epochs=1)

test_image = cv2.imread("catsdogs/train/a/0.png")
test_image = cv2.resize(test_image, (64, 64))
test_image = test_image.astype(np.float32) / 255.0
test_image = np.expand_dims(test_image, axis=0)
result = classifier.predict(test_image)
print("dog" if result[0][0] > 0.5 else "cat")
