# expect: size-mismatch @ 21
# reported: round 3
# keras: crash
import numpy as np
from keras import Model, backend, layers

backend.set_image_data_format("channels_first")


def block(inputs, filters_in=32, filters_out=16, expand_ratio=2, se_ratio=0.25, name=""):
    bn_axis = 3 if backend.image_data_format() == "channels_last" else 1
    filters = filters_in * expand_ratio
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=name + "expand_conv")(inputs)
    x = layers.BatchNormalization(axis=bn_axis, name=name + "expand_bn")(x)
    x = layers.Activation("swish", name=name + "expand_activation")(x)
    filters_se = max(1, int(filters_in * se_ratio))
    se = layers.GlobalAveragePooling2D(name=name + "se_squeeze")(x)
    se = layers.Reshape((1, 1, filters), name=name + "se_reshape")(se)
    se = layers.Conv2D(filters_se, 1, activation="swish", name=name + "se_reduce")(se)
    se = layers.Conv2D(filters, 1, activation="sigmoid", name=name + "se_expand")(se)
    x = layers.multiply([x, se], name=name + "se_excite")
    x = layers.Conv2D(filters_out, 1, padding="same", use_bias=False, name=name + "project_conv")(x)
    return layers.BatchNormalization(axis=bn_axis, name=name + "project_bn")(x)


img = layers.Input((3, 24, 24))
x = layers.Conv2D(32, 3, strides=2, padding="same")(img)
x = block(x, name="block1a_")
x = layers.GlobalAveragePooling2D()(x)
model = Model(img, layers.Dense(5, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(4, 3, 24, 24), np.array([0, 1, 2, 3]), epochs=1)
