# expect: size-mismatch @ 20
# keras: crash
import keras
from keras.models import Model
from keras.layers import Input, Conv2D, MaxPooling2D, UpSampling2D, concatenate


def unet(input_size=(128, 128, 1), n_filters=16):
    inputs = Input(input_size)
    conv1 = Conv2D(n_filters, 3, activation='relu', kernel_initializer='he_normal')(inputs)
    conv1 = Conv2D(n_filters, 3, activation='relu', kernel_initializer='he_normal')(conv1)
    pool1 = MaxPooling2D(pool_size=(2, 2))(conv1)

    conv2 = Conv2D(n_filters * 2, 3, activation='relu', kernel_initializer='he_normal')(pool1)
    conv2 = Conv2D(n_filters * 2, 3, activation='relu', kernel_initializer='he_normal')(conv2)
    pool2 = MaxPooling2D(pool_size=(2, 2))(conv2)

    conv3 = Conv2D(n_filters * 4, 3, activation='relu', kernel_initializer='he_normal')(pool2)
    up4 = Conv2D(n_filters * 2, 2, activation='relu', padding='same')(UpSampling2D(size=(2, 2))(conv3))
    merge4 = concatenate([conv2, up4], axis=3)
    conv4 = Conv2D(n_filters * 2, 3, activation='relu')(merge4)
    up5 = Conv2D(n_filters, 2, activation='relu', padding='same')(UpSampling2D(size=(2, 2))(conv4))
    merge5 = concatenate([conv1, up5], axis=3)
    conv5 = Conv2D(n_filters, 3, activation='relu')(merge5)
    return Model(inputs, Conv2D(1, 1, activation='sigmoid')(conv5))


model = unet()
