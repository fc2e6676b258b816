# %% [markdown]
# Contrastive pretraining, then a linear probe
# %%
import numpy as np
import keras
from keras import layers, ops

input_shape = (48, 48, 3)
width = 16
temperature = 0.1

# %%
def get_augmenter(min_area, brightness, jitter):
    zoom_factor = 1.0 - min_area**0.5
    return keras.Sequential(
        [
            layers.Rescaling(1 / 255),
            layers.RandomFlip("horizontal"),
            layers.RandomTranslation(zoom_factor / 2, zoom_factor / 2),
            layers.RandomZoom((-zoom_factor, 0.0), (-zoom_factor, 0.0)),
        ]
    )


def get_encoder():
    return keras.Sequential(
        [
            layers.Conv2D(width, kernel_size=3, strides=2, activation="relu"),
            layers.Conv2D(width, kernel_size=3, strides=2, activation="relu"),
            layers.Conv2D(width, kernel_size=3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(width, activation="relu"),
        ],
        name="encoder",
    )

# %%
class ContrastiveModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.temperature = temperature
        self.contrastive_augmenter = get_augmenter(0.25, 0.6, 0.2)
        self.encoder = get_encoder()
        self.projection_head = keras.Sequential(
            [
                keras.Input(shape=(width,)),
                layers.Dense(width, activation="relu"),
                layers.Dense(width),
            ],
            name="projection_head",
        )
        self.linear_probe = keras.Sequential([layers.Input(shape=(width,)), layers.Dense(10)], name="linear_probe")

    def call(self, images):
        augmented = self.contrastive_augmenter(images)
        features = self.encoder(augmented)
        projections = self.projection_head(features)
        return ops.matmul(projections, ops.transpose(projections)) / self.temperature


# %%
pretraining_model = ContrastiveModel()
images = keras.Input(batch_shape=(8,) + input_shape)
similarities = pretraining_model(images)

finetuning_model = keras.Sequential(
    [
        layers.Input(shape=input_shape),
        get_augmenter(0.75, 0.3, 0.1),
        pretraining_model.encoder,
        layers.Dense(10),
    ],
    name="finetuning_model",
)
