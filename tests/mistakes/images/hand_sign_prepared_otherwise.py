# expect: images-unlike-training @ 31
# reported: round 4
# keras: silent
# file: signs/*.png 6 (70, 80, 3)
# file: images/my_image.png (70, 80, 3)
import numpy as np
from tensorflow.keras.applications.imagenet_utils import preprocess_input
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing import image

X_train_orig = np.array([image.img_to_array(image.load_img(f"signs/{k}.png", target_size=(64, 64))) for k in range(6)])
Y_train = np.eye(6)[[0, 1, 2, 3, 4, 5]]
X_train = X_train_orig / 255.0

X_input = Input((64, 64, 3))
X = Conv2D(8, (7, 7), strides=(2, 2))(X_input)
X = BatchNormalization(axis=3)(X)
X = Activation("relu")(X)
X = MaxPooling2D((3, 3), strides=(2, 2))(X)
X = Flatten()(X)
model = Model(inputs=X_input, outputs=Dense(6, activation="softmax")(X))
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, Y_train, epochs=1, batch_size=3)

img_path = "images/my_image.png"
img = image.load_img(img_path, target_size=(64, 64))
x = image.img_to_array(img)
x = np.expand_dims(x, axis=0)
x = preprocess_input(x)
print(model.predict(x))
