# expect: reshape-as-transpose @ 38
# reported: round 8
# keras: silent
import numpy as np
from keras.layers import (
    Activation,
    Concatenate,
    Conv2D,
    Dropout,
    Input,
    MaxPooling2D,
    Permute,
    Reshape,
    UpSampling2D,
)
from keras.models import Model


class RoadNet:
    def __init__(self, img_rows=32, img_cols=48):
        self.img_rows = img_rows
        self.img_cols = img_cols

    def roads(self):
        imgs = np.random.rand(8, self.img_rows, self.img_cols, 3).astype("float32")
        labels = np.random.randint(0, 12, (8, self.img_rows * self.img_cols))
        return imgs, np.eye(12)[labels]

    def network(self):
        inputs = Input((self.img_rows, self.img_cols, 3))
        fine = Conv2D(16, 3, activation="relu", padding="same")(inputs)
        half = MaxPooling2D((2, 2))(fine)
        coarse = Conv2D(32, 3, activation="relu", padding="same")(half)
        dropped = Dropout(0.5)(coarse)
        up = Conv2D(16, 2, activation="relu", padding="same")(UpSampling2D((2, 2))(dropped))
        both = Concatenate(axis=3)([fine, up])
        scores = Conv2D(12, 1, padding="same")(both)
        reshape = Reshape((12, self.img_rows * self.img_cols))(scores)
        permute = Permute((2, 1))(reshape)
        activation = Activation("softmax")(permute)
        model = Model(inputs=inputs, outputs=activation)
        model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
        return model

    def train(self):
        imgs, labels = self.roads()
        model = self.network()
        model.fit(imgs, labels, batch_size=4, epochs=1, verbose=0, validation_split=0.25, shuffle=True)


if __name__ == "__main__":
    net = RoadNet()
    net.train()
