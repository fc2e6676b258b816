# expect: reshape-as-transpose @ 17
# reported: round 5
# keras: silent
import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Activation, Concatenate, Conv2D, MaxPooling2D, Permute, Reshape, UpSampling2D


def Unet(nClasses, input_height=96, input_width=128):
    img_input = Input(shape=(input_height, input_width, 3))
    conv1 = Conv2D(16, (3, 3), activation="relu", padding="same")(img_input)
    pool1 = MaxPooling2D((2, 2))(conv1)
    conv2 = Conv2D(32, (3, 3), activation="relu", padding="same")(pool1)
    up1 = Concatenate(axis=-1)([UpSampling2D((2, 2))(conv2), conv1])
    conv3 = Conv2D(16, (3, 3), activation="relu", padding="same")(up1)
    conv4 = Conv2D(nClasses, (1, 1), activation="relu", padding="same")(conv3)
    conv5 = Reshape((nClasses, input_height * input_width))(conv4)
    conv5 = Permute((2, 1))(conv5)
    conv6 = Activation("softmax")(conv5)
    return Model(inputs=img_input, outputs=conv6)


model = Unet(4)
model.compile(loss="categorical_crossentropy", optimizer="adadelta", metrics=["accuracy"])
images = np.random.rand(4, 96, 128, 3)
labels = np.eye(4)[np.random.randint(0, 4, (4, 96 * 128))]
model.fit(images, labels, batch_size=2, epochs=1)
