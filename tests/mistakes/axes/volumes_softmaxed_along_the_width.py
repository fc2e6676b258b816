# expect: softmax-over-positions @ 43
# reported: round 8
# keras: silent
import keras
import numpy as np
from keras import backend as K
from keras.layers import (
    Activation,
    BatchNormalization,
    Conv3D,
    Input,
    MaxPooling3D,
    UpSampling3D,
    concatenate,
)
from keras.models import Model

K.set_image_data_format("channels_first")


def normed(volume, filters):
    maps = Conv3D(filters, (3, 3, 3), padding="same")(volume)
    maps = BatchNormalization(axis=1)(maps)
    return Activation("relu")(maps)


def segmenter(input_shape, n_labels=1, activation_name="sigmoid"):
    inputs = Input(input_shape)
    down = normed(normed(inputs, 8), 16)
    pooled = MaxPooling3D(pool_size=(2, 2, 2))(down)
    bottom = normed(pooled, 32)
    up = UpSampling3D(size=(2, 2, 2))(bottom)
    up = concatenate([up, down], axis=1)
    up = normed(up, 16)
    scores = Conv3D(n_labels, (1, 1, 1))(up)
    answer = Activation(activation_name)(scores)
    return Model(inputs=inputs, outputs=answer)


base = segmenter((1, 16, 16, 8), n_labels=1)
x = base.get_layer(index=-3).output
scores = Conv3D(3, (1, 1, 1))(x)
output = Activation("softmax")(scores)
model = Model(inputs=base.input, outputs=output)
loss = keras.losses.CategoricalCrossentropy(axis=1)
model.compile(optimizer="adam", loss=loss)
volumes = np.random.rand(4, 1, 16, 16, 8).astype("float32")
organs = np.moveaxis(np.eye(3)[np.random.randint(0, 3, (4, 16, 16, 8))], -1, 1)
model.fit(volumes, organs, batch_size=2, epochs=1, verbose=0)
