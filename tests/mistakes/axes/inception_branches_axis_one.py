# expect: concatenate-axis @ 13
# keras: crash
from keras.layers import Input, Conv2D, MaxPooling2D, Concatenate, GlobalAveragePooling2D, Dense
from keras.models import Model


def naive_inception(prev, f1, f3, f5):
    b1 = Conv2D(f1, (1, 1), padding='same', activation='relu')(prev)
    b3 = Conv2D(f3, (3, 3), padding='same', activation='relu')(prev)
    b5 = Conv2D(f5, (5, 5), padding='same', activation='relu')(prev)
    pool = MaxPooling2D((3, 3), strides=(1, 1), padding='same')(prev)
    # filters are assumed to be on axis 1
    return Concatenate(axis=1)([b1, b3, b5, pool])


visible = Input(shape=(96, 96, 3))
layer = naive_inception(visible, 64, 128, 32)
layer = naive_inception(layer, 128, 192, 96)
x = GlobalAveragePooling2D()(layer)
model = Model(inputs=visible, outputs=Dense(10, activation='softmax')(x))
model.summary()
