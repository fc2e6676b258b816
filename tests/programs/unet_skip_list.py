"""Small U-Net. Encoder features are kept in a list and popped in the decoder."""
from tensorflow import keras
from tensorflow.keras import layers


def conv_block(x, filters, kernel_size=3, dropout=0.0, name=None):
    for i in range(2):
        x = layers.Conv2D(filters, kernel_size, padding="same", use_bias=False,
                          name=f"{name}_conv{i + 1}" if name else None)(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
    if dropout > 0:
        x = layers.Dropout(dropout)(x)
    return x


def build_unet(input_shape, num_classes, base_filters=8, depth=3, dropout=0.1, upsample="transpose"):
    inputs = keras.Input(shape=input_shape)
    x = inputs
    skips = []
    filters = base_filters
    for level in range(depth):
        x = conv_block(x, filters, dropout=dropout, name=f"enc{level}")
        skips.append(x)
        x = layers.MaxPooling2D((2, 2))(x)
        filters *= 2

    x = conv_block(x, filters, dropout=dropout, name="bridge")

    for level, skip in enumerate(reversed(skips)):
        filters //= 2
        if upsample == "transpose":
            x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        else:
            x = layers.UpSampling2D(2, interpolation="bilinear")(x)
            x = layers.Conv2D(filters, 1)(x)
        x = layers.concatenate([x, skip], axis=-1)
        x = conv_block(x, filters, name=f"dec{level}")

    activation = "sigmoid" if num_classes == 1 else "softmax"
    outputs = layers.Conv2D(num_classes, 1, activation=activation)(x)
    return keras.Model(inputs, outputs, name="unet")


if __name__ == "__main__":
    model = build_unet((64, 96, 3), num_classes=4)
    model.summary()
    binary = build_unet((32, 32, 1), 1, depth=2, upsample="bilinear", dropout=0)
    binary.compile("adam", "binary_crossentropy")
