# expect: shuffled-predictions @ 32
# reported: round 7
# keras: silent
# file: data/train/a/*.png 2 (70, 80, 3)
# file: data/train/b/*.png 2 (70, 80, 3)
# file: data/validation/a/*.png 2 (70, 80, 3)
# file: data/validation/b/*.png 2 (70, 80, 3)
import numpy as np
from sklearn.metrics import classification_report, confusion_matrix
from tensorflow.keras.applications.mobilenet import MobileNet
from tensorflow.keras.layers import Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.image import ImageDataGenerator

image_size = 64
train_batchsize = 2
test_batchsize = 1

train_generator = ImageDataGenerator(rescale=1. / 255, rotation_range=20, horizontal_flip=True).flow_from_directory(
    "data/train", target_size=(image_size, image_size), batch_size=train_batchsize, class_mode="categorical")
test_generator = ImageDataGenerator(rescale=1. / 255).flow_from_directory(
    "data/validation", target_size=(image_size, image_size), batch_size=test_batchsize, class_mode="categorical", shuffle=True)

net = MobileNet(weights=None, include_top=False, input_shape=(image_size, image_size, 3))
for layer in net.layers[:-4]:
    layer.trainable = False
x = GlobalAveragePooling2D()(net.output)
model = Model(net.input, Dense(2, activation="softmax")(x))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
model.fit(train_generator, epochs=1, validation_data=test_generator)

Y_pred = model.predict(test_generator, steps=test_generator.samples // test_generator.batch_size)
y_pred = np.argmax(Y_pred, axis=1)
print("Confusion Matrix")
print(confusion_matrix(test_generator.classes, y_pred))
print(classification_report(test_generator.classes, y_pred))
