import keras
from keras import layers

config = {
    "image_size": 32, "patch_size": 8, "num_blocks": 3, "hidden": 24,
    "tokens_dim": 16, "channels_dim": 48, "num_classes": 5,
}


def mlp(x, dim):
    out = x.shape[-1]
    y = layers.Dense(dim)(x)
    y = layers.Activation("gelu")(y)
    return layers.Dense(out)(y)


def mixer_block(x, *, tokens_dim, channels_dim):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.Permute((2, 1))(y)
    y = mlp(y, tokens_dim)
    y = layers.Permute((2, 1))(y)
    x = layers.Add()([x, y])
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    return x + mlp(y, channels_dim)


def build_mixer(*, image_size, patch_size, num_blocks, hidden, num_classes, channels=3, **mlp_dims):
    assert image_size % patch_size == 0, "patches must tile the image"
    inputs = layers.Input((image_size, image_size, channels))
    x = layers.Conv2D(hidden, kernel_size=patch_size, strides=patch_size, padding="valid")(inputs)
    x = layers.Reshape((-1, hidden))(x)
    for _ in range(num_blocks):
        x = mixer_block(x, **mlp_dims)
    x = layers.LayerNormalization()(x)
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


def gmlp_block(x, ffn_dim):
    d = x.shape[-1]
    n = x.shape[1]
    skip = x
    x = layers.LayerNormalization()(x)
    x = layers.Dense(ffn_dim, activation="gelu")(x)
    u, v = keras.ops.split(x, 2, axis=-1)
    v = layers.LayerNormalization()(v)
    v = keras.ops.transpose(v, (0, 2, 1))
    v = layers.Dense(n, bias_initializer="ones")(v)
    v = keras.ops.swapaxes(v, 1, 2)
    return layers.Dense(d)(u * v) + skip


mixer = build_mixer(**config)
tiny = build_mixer(**{**config, "image_size": 24, "num_blocks": 1, "hidden": 10}, channels=1)
mixer.compile("adam", "mse")

tokens = keras.Input((20, 12))
g = tokens
for i in range(2):
    g = gmlp_block(g, 32)
gmlp = keras.Model(tokens, layers.Flatten()(g))
