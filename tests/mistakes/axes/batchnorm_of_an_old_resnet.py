# expect: normalization-axis @ 15
# expect: normalization-axis @ 18
# keras: silent
import keras
from keras.layers import Conv2D, BatchNormalization, Activation, Input, Add, AveragePooling2D, Flatten, Dense
from keras.models import Model


def identity_block(X, f, filters, stage, block):
    conv_name_base = 'res' + str(stage) + block + '_branch'
    bn_name_base = 'bn' + str(stage) + block + '_branch'
    F1, F2, F3 = filters
    X_shortcut = X
    X = Conv2D(F1, (1, 1), name=conv_name_base + '2a')(X)
    X = BatchNormalization(axis=1, name=bn_name_base + '2a')(X)
    X = Activation('relu')(X)
    X = Conv2D(F2, (f, f), padding='same', name=conv_name_base + '2b')(X)
    X = BatchNormalization(axis=1, name=bn_name_base + '2b')(X)
    X = Activation('relu')(X)
    X = Conv2D(F3, (1, 1), name=conv_name_base + '2c')(X)
    X = Add()([X, X_shortcut])
    return Activation('relu')(X)


def ResNet(input_shape=(64, 64, 3), classes=6):
    X_input = Input(input_shape)
    X = Conv2D(64, (7, 7), strides=(2, 2), name='conv1')(X_input)
    X = Activation('relu')(X)
    X = identity_block(X, 3, [16, 16, 64], stage=2, block='a')
    X = AveragePooling2D((2, 2))(X)
    X = Flatten()(X)
    X = Dense(classes, activation='softmax')(X)
    return Model(X_input, X)


model = ResNet()
