# expect: fed-shape @ 28
# reported: round 3
# keras: crash
import numpy as np
from tensorflow.keras import Model, layers


class DCGAN:
    def __init__(self, input_height=32, input_width=48, c_dim=3, batch_size=4):
        self.input_height = input_height
        self.input_width = input_width
        self.c_dim = c_dim
        self.batch_size = batch_size
        self.build_model()

    def build_model(self):
        image_dims = [self.input_height, self.input_height, self.c_dim]
        inputs = layers.Input(image_dims, name="real_images")
        h0 = layers.LeakyReLU()(layers.Conv2D(16, 5, strides=2, padding="same")(inputs))
        h1 = layers.LeakyReLU()(layers.BatchNormalization()(layers.Conv2D(32, 5, strides=2, padding="same")(h0)))
        h2 = layers.Dense(1, activation="sigmoid")(layers.Flatten()(h1))
        self.discriminator = Model(inputs, h2)
        self.discriminator.compile("adam", "binary_crossentropy")

    def train(self, data):
        for idx in range(0, len(data), self.batch_size):
            batch = data[idx : idx + self.batch_size]
            self.discriminator.train_on_batch(batch, np.ones((len(batch), 1)))


gan = DCGAN(input_height=32, input_width=48)
gan.train(np.random.uniform(-1, 1, (8, gan.input_height, gan.input_width, gan.c_dim)))
