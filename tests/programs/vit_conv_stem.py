"""ViT with a class token and patches cut by a strided convolution."""
from __future__ import annotations

import dataclasses
import keras
from keras import layers, ops


@dataclasses.dataclass(frozen=True)
class ViTConfig:
    image: tuple[int, int] = (32, 48)
    patch: int = 8
    width: int = 32
    depth: int = 2
    heads: int = 4
    mlp_ratio: float = 2.0
    classes: int = 9

    @property
    def grid(self) -> tuple[int, int]:
        return self.image[0] // self.patch, self.image[1] // self.patch

    @property
    def n_patches(self) -> int:
        gh, gw = self.grid
        return gh * gw


class ClassToken(layers.Layer):
    def build(self, input_shape):
        self.cls = self.add_weight(shape=(1, 1, input_shape[-1]), initializer="zeros", name="cls")

    def call(self, x):
        cls = ops.broadcast_to(self.cls, (ops.shape(x)[0], 1, x.shape[-1]))
        return ops.concatenate([cls, x], axis=1)


class AddPositionEmbs(layers.Layer):
    def build(self, input_shape):
        assert len(input_shape) == 3, f"Number of dimensions should be 3, got {len(input_shape)}"
        self.pe = self.add_weight(name="pos_embedding", shape=(1, input_shape[1], input_shape[2]),
                                  initializer=keras.initializers.RandomNormal(stddev=0.06))

    def call(self, inputs):
        return inputs + ops.cast(self.pe, dtype=inputs.dtype)


def block(x, cfg: ViTConfig, name: str):
    y = layers.LayerNormalization(epsilon=1e-6, name=f"{name}_ln1")(x)
    y = layers.MultiHeadAttention(cfg.heads, cfg.width // cfg.heads, name=f"{name}_mha")(y, y)
    x = layers.Add()([x, y])
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.Dense(int(cfg.width * cfg.mlp_ratio), activation="gelu")(y)
    y = layers.Dropout(0.1)(y)
    y = layers.Dense(cfg.width)(y)
    return layers.Add()([x, y])


def vit(cfg: ViTConfig, include_top: bool = True) -> keras.Model:
    inp = keras.Input((*cfg.image, 3))
    x = layers.Conv2D(cfg.width, cfg.patch, cfg.patch, name="patch_embed")(inp)
    x = layers.Reshape((cfg.n_patches, cfg.width))(x)
    x = ClassToken()(x)
    x = AddPositionEmbs()(x)
    for i in range(cfg.depth):
        x = block(x, cfg, f"block{i}")
    x = layers.LayerNormalization()(x)
    if not include_top:
        return keras.Model(inp, x)
    x = layers.Lambda(lambda v: v[:, 0], name="ExtractToken")(x)
    return keras.Model(inp, layers.Dense(cfg.classes)(x))


base = ViTConfig()
model = vit(base)
headless = vit(ViTConfig(image=(32, 32), width=16, depth=1), include_top=False)
seq = headless.output
grid = layers.Reshape((4, 4, 16))(seq[:, 1:])
mask = layers.Conv2DTranspose(2, 8, strides=8, activation="softmax")(grid)
segmenter = keras.Model(headless.input, mask)
