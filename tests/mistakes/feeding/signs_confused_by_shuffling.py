# expect: shuffled-predictions @ 40
# reported: round 8
# keras: silent
# file: data/train/a/*.png 2 (70, 80, 3)
# file: data/train/b/*.png 2 (70, 80, 3)
# file: data/validation/a/*.png 2 (70, 80, 3)
# file: data/validation/b/*.png 2 (70, 80, 3)
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from sklearn.metrics import classification_report, confusion_matrix

img_width, img_height = 60, 80
train_data_dir = "data/train"
test_data_dir = "data/validation"
batch_size = 2


def build_model():
    model = Sequential()
    model.add(Conv2D(16, (3, 3), activation="relu", input_shape=(img_height, img_width, 3)))
    model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Flatten())
    model.add(Dense(2, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


model = build_model()
train_generator = ImageDataGenerator(rescale=1 / 255.0, zoom_range=0.2).flow_from_directory(
    train_data_dir, target_size=(img_height, img_width), batch_size=batch_size, class_mode="categorical"
)
model.fit(train_generator, epochs=1)

test_datagen = ImageDataGenerator(rescale=1 / 255.0)
testing_generator = test_datagen.flow_from_directory(
    test_data_dir, target_size=(img_height, img_width), batch_size=batch_size, class_mode="categorical"
)
Y_pred = model.predict(testing_generator)
y_pred = np.argmax(Y_pred, axis=1)
print("Confusion Matrix")
print(confusion_matrix(testing_generator.classes, y_pred))
print(classification_report(testing_generator.classes, y_pred, target_names=["A", "B"]))
