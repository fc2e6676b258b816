from dataclasses import dataclass, field
from typing import List, Optional, Tuple

import keras
from keras import layers


@dataclass
class ModelConfig:
    image_size: int = 48
    channels: int = 3
    filters: Tuple[int, ...] = (16, 32, 64)
    kernel_size: int = 3
    use_batch_norm: bool = True
    hidden: List[int] = field(default_factory=lambda: [128, 64])
    dropout: Optional[float] = None
    num_classes: int = 7

    @property
    def input_shape(self):
        return (self.image_size, self.image_size, self.channels)


@dataclass(frozen=True)
class TrainConfig:
    lr: float = 1e-3
    epochs: int = 3
    model: ModelConfig = field(default_factory=ModelConfig)


class EmotionNet:
    def __init__(self, config: ModelConfig):
        self.config = config
        self.model = self._build()

    def _stage(self, x, filters):
        c = self.config
        x = layers.Conv2D(filters, c.kernel_size, padding="same", use_bias=not c.use_batch_norm)(x)
        if c.use_batch_norm:
            x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        return layers.MaxPooling2D()(x)

    def _build(self) -> keras.Model:
        c = self.config
        inputs = layers.Input(c.input_shape)
        x = inputs
        for f in c.filters:
            x = self._stage(x, f)
        x = layers.Flatten()(x)
        for h in c.hidden:
            x = layers.Dense(h, "relu")(x)
            if c.dropout is not None:
                x = layers.Dropout(c.dropout)(x)
        return keras.Model(inputs, layers.Dense(c.num_classes, "softmax")(x))


def main():
    cfg = TrainConfig()
    net = EmotionNet(cfg.model)
    net.model.compile(keras.optimizers.Adam(cfg.lr), "categorical_crossentropy")
    gray = EmotionNet(ModelConfig(channels=1, image_size=64, dropout=0.3, hidden=[32]))
    return net, gray


if __name__ == "__main__":
    main()
