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


class myUnet:
    def __init__(self, img_rows=32, img_cols=48):
        self.img_rows = img_rows
        self.img_cols = img_cols

    def load_data(self):
        imgs = np.random.rand(8, self.img_rows, self.img_cols, 3).astype("float32")
        labels = np.random.randint(0, 12, (8, self.img_rows * self.img_cols))
        return imgs, np.eye(12)[labels]

    def get_unet(self):
        inputs = Input((self.img_rows, self.img_cols, 3))
        conv1 = Conv2D(16, 3, activation="relu", padding="same")(inputs)
        pool1 = MaxPooling2D((2, 2))(conv1)
        conv2 = Conv2D(32, 3, activation="relu", padding="same")(pool1)
        drop2 = Dropout(0.5)(conv2)
        up8 = Conv2D(16, 2, activation="relu", padding="same")(UpSampling2D((2, 2))(drop2))
        merge8 = Concatenate(axis=3)([conv1, up8])
        conv9 = Conv2D(12, 1, padding="same")(merge8)
        reshape = Reshape((12, self.img_rows * self.img_cols))(conv9)
        permute = Permute((2, 1))(reshape)
        activation = Activation("softmax")(permute)
        model = Model(inputs=inputs, outputs=activation)
        model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
        return model

    def train(self):
        imgs, labels = self.load_data()
        model = self.get_unet()
        model.fit(imgs, labels, batch_size=4, epochs=1, verbose=0, validation_split=0.25, shuffle=True)


if __name__ == "__main__":
    myunet = myUnet()
    myunet.train()
