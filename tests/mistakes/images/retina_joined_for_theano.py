# expect: channels-first-input @ 13
# expect: size-mismatch @ 19
# expect: concatenate-axis @ 21
# reported: round 3
# keras: crash
import numpy as np
from keras.layers import Conv2D, Dropout, Input, MaxPooling2D, Permute, Reshape, UpSampling2D, concatenate
from keras.models import Model


def get_unet(n_ch, patch_height, patch_width):
    inputs = Input((n_ch, patch_height, patch_width))
    conv1 = Conv2D(32, (3, 3), activation="relu", padding="same")(inputs)
    conv1 = Dropout(0.2)(conv1)
    pool1 = MaxPooling2D((2, 2), padding="same")(conv1)
    conv2 = Conv2D(64, (3, 3), activation="relu", padding="same")(pool1)
    pool2 = MaxPooling2D((2, 2), padding="same")(conv2)
    conv3 = Conv2D(128, (3, 3), activation="relu", padding="same")(pool2)
    up1 = concatenate([UpSampling2D(size=(2, 2))(conv3), conv2], axis=1)
    conv4 = Conv2D(64, (3, 3), activation="relu", padding="same")(up1)
    up2 = concatenate([UpSampling2D(size=(2, 2))(conv4), conv1], axis=1)
    conv5 = Conv2D(32, (3, 3), activation="relu", padding="same")(up2)
    conv6 = Conv2D(2, (1, 1), activation="relu", padding="same")(conv5)
    conv6 = Reshape((2, patch_height * patch_width))(conv6)
    conv6 = Permute((2, 1))(conv6)
    return Model(inputs, conv6)


model = get_unet(1, 48, 48)
model.compile(optimizer="sgd", loss="categorical_crossentropy")
masks = np.eye(2)[np.random.randint(0, 2, (4, 48 * 48))]
model.fit(np.random.rand(4, 1, 48, 48), masks, epochs=1)
