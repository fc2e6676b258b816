"""Idioms of axes and images that look odd and are right: no rule may say a word about them."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.judge import judge
from layoutlint.readers import source
from tests.rules.test_known_good import IMPORTS, RULES

IDIOMS = {
    "an axis of 1 moved by a reshape": """
        X = np.random.rand(50, 128)
        X = X.reshape(50, 1, 128).transpose(0, 2, 1)
        Y = np.random.rand(50, 128, 1).reshape(-1, 1, 128)
        Z = np.load("z.npy")
        Z = Z.reshape(Z.shape[0], 1, Z.shape[1], Z.shape[2])
        """,
    "the batch axis by several names": """
        n = int(input())
        X = np.load("x.npy")
        X = X.reshape((X.shape[0], X.shape[1], X.shape[2], 1))
        T = np.load("t.npy").reshape(n, 28, 28)
        """,
    "windows, patches and heads": """
        inputs = Input((64, 64, 12))
        x = keras.ops.reshape(inputs, (-1, 8, 8, 8, 8, 12))
        x = keras.ops.transpose(x, (0, 1, 3, 2, 4, 5))
        x = keras.ops.reshape(x, (-1, 64, 8 * 8 * 12))
        tokens = Input((50, 96))
        q = keras.ops.reshape(Dense(96)(tokens), (-1, 50, 6, 16))
        q = keras.ops.transpose(q, (0, 2, 1, 3))
        q = keras.ops.reshape(keras.ops.transpose(q, (0, 2, 1, 3)), (-1, 50, 96))
        """,
    "a channel shuffle": """
        x = Input((28, 28, 240))
        x = Reshape((28, 28, 3, 80))(x)
        x = Permute((1, 2, 4, 3))(x)
        x = Reshape((28, 28, 240))(x)
        """,
    "a generator and its upsampling": """
        z = Input((100,))
        x = Dense(4 * 4 * 512, use_bias=False)(z)
        x = Reshape((4, 4, 512))(x)
        x = BatchNormalization()(x)
        x = Conv2DTranspose(256, 5, strides=2, padding="same")(x)
        x = Conv2DTranspose(3, 5, strides=2, padding="same", activation="tanh")(x)
        code = Input((1, 1, 64))
        y = Conv2DTranspose(128, 4)(code)
        """,
    "bn_axis by the data format": """
        bn_axis = 3 if K.image_data_format() == "channels_last" else 1
        x = Conv2D(8, 3)(Input((32, 32, 3)))
        x = BatchNormalization(axis=bn_axis)(x)
        channel_axis = 1 if K.image_data_format() == "channels_first" else -1
        x = BatchNormalization(axis=channel_axis)(x)
        """,
    "normalisation on two axes, and channels first": """
        a = BatchNormalization(axis=1)(Dense(8)(Input((4,))))
        b = Conv2D(8, 3, data_format="channels_first")(Input((3, 32, 32)))
        b = BatchNormalization(axis=1)(b)
        b = Concatenate(axis=1)([b, b])
        """,
    "normalisation of an input that nobody else reads": """
        x = BatchNormalization(axis=1)(Input((64, 1000)))
        x = Reshape((64, 1000, 1))(x)
        x = Conv2D(8, (1, 16))(x)
        """,
    "a data format set under __main__": """
        def block(x):
            return BatchNormalization(axis=1)(Conv2D(8, 3, padding="same")(x))

        if __name__ == "__main__":
            K.set_image_data_format("channels_first")
            block(Input((3, 64, 64)))
        """,
    "layer normalisation over all axes, and along the steps": """
        x = Conv2D(8, 3)(Input((32, 32, 3)))
        x = LayerNormalization(axis=[1, 2, 3])(x)
        y = LayerNormalization(axis=(1, 2))(LSTM(8, return_sequences=True)(Input((20, 4))))
        """,
    "attention over the steps": """
        h = LSTM(16, return_sequences=True)(Input((20, 4)))
        a = Softmax(axis=1)(Dense(1)(h))
        b = Activation("softmax")(Flatten()(Dense(1)(h)))
        c = Activation("softmax")(Permute((2, 1))(Dense(1)(h)))
        """,
    "softmax over the classes of every pixel": """
        x = Conv2D(21, 1, activation="softmax")(Input((32, 32, 3)))
        y = Dense(2, activation="softmax")(GlobalAveragePooling2D()(x))
        """,
    "tokens and boxes joined along their places": """
        token = Input((1, 64))
        patches = Input((49, 64))
        x = Concatenate(axis=1)([token, patches])
        maps = Conv2D(4, 3, padding="same")(Input((8, 8, 16)))
        tiles = Concatenate(axis=2)([maps[:, :, :4], maps[:, :, 4:]])
        """,
    "steps stacked in front, and transposed": """
        x = Input((4, 8))
        cell = Dense(8)
        steps = keras.ops.stack([cell(x[:, i]) for i in range(4)])
        outputs = keras.ops.transpose(steps, (1, 0, 2))
        """,
    "two batches in a training step": """
        import tensorflow as tf

        class Trainer(keras.Model):
            def train_step(self, data):
                images = tf.concat([data, self.generator(data)], axis=0)
                labels = tf.concat([tf.ones((8, 1)), tf.zeros((8, 1))], axis=0)
                return self.discriminator(images), labels
        """,
    "clips as single frames, and back": """
        clips = Input((16, 32, 32, 3))
        frames = keras.ops.reshape(clips, (-1, 32, 32, 3))
        features = GlobalAveragePooling2D()(Conv2D(8, 3)(frames))
        outputs = LSTM(4)(keras.ops.reshape(features, (-1, 16, 8)))
        """,
    "clips as single frames in Lambdas, and back": """
        import tensorflow as tf

        clips = Input((16, 32, 32, 3))
        frames = Lambda(lambda t: tf.reshape(t, (-1, 32, 32, 3)))(clips)
        features = GlobalAveragePooling2D()(Conv2D(8, 3)(frames))
        outputs = LSTM(4)(Lambda(lambda t: tf.reshape(t, (-1, 16, 8)))(features))
        """,
    "strides of many kinds": """
        x = Input((64, 64, 3))
        a = Conv2D(64, 3, 2, "same")(x)
        b = Conv2D(64, 2, 2)(x)
        c = Conv2D(64, 1, 1)(x)
        d = Conv2D(96, 4, 4)(x)
        e = Conv2D(96, kernel_size=3, strides=3)(x)
        f = Conv2D(32, (5, 5), (2, 2), padding="same")(x)
        g = Conv2D(64, 7, 4, padding="same")(x)
        """,
    "a U-Net that fits, and one of any size": """
        def unet(inputs):
            a = Conv2D(8, 3, padding="same")(inputs)
            b = Conv2D(16, 3, padding="same")(MaxPooling2D()(a))
            c = Conv2D(32, 3, padding="same")(MaxPooling2D()(b))
            b = Concatenate()([UpSampling2D()(c), b])
            return Concatenate()([UpSampling2D()(b), a])

        unet(Input((128, 96, 3)))
        unet(Input((None, None, 3)))
        """,
    "shapes with the batch where they belong": """
        a = Sequential([Conv2D(8, 3)])
        a.build((None, 32, 32, 3))
        b = Sequential([Conv2D(8, 3, batch_input_shape=(None, 32, 32, 3))])
        c = Sequential([Input(batch_shape=(1, 1, 1, 8)), Conv2D(8, 1), Reshape((8,))])
        """,
    "pictures of any size into a pooling": """
        x = Conv2D(8, 3)(Input((None, None, 3)))
        y = Dense(10)(GlobalMaxPooling2D()(x))
        """,
    "what a model predicted, squeezed and compared": """
        model = Sequential([Input((20,)), Dense(10, activation="softmax")])
        X = np.zeros((30, 20))
        p = model.predict(X)
        labels = np.argmax(p, axis=-1)
        best = np.argmax(p[0])
        one = np.argmax(model.predict(X[:1]))
        score = np.squeeze(p)
        """,
    "an array turned into a batch": """
        model = Sequential([Input((28, 28, 1)), Conv2D(8, 3), Flatten()])
        image = np.zeros((28, 28, 1))
        model.predict(np.expand_dims(image, axis=0))
        model.predict(image[None])
        """,
    "transposes of data": """
        X = np.random.rand(10, 3, 32, 32)
        X = np.transpose(X, (0, 2, 3, 1))
        Y = np.random.rand(4, 10).T
        Z = np.moveaxis(X, -1, 1)
        """,
    "a spectrogram as an image": """
        model = Sequential([
            Input((128, 94, 1)),
            Conv2D(16, 3, padding="same"), BatchNormalization(), MaxPooling2D((2, 4)),
            Permute((2, 1, 3)), Reshape((23, 64 * 16)), LSTM(8),
        ])
        """,
    "a one-channel softmax that is no softmax": """
        mask = Conv2D(1, 1, activation="sigmoid")(Input((32, 32, 3)))
        gate = Dense(1, activation="sigmoid")(Input((8,)))
        """,
    "the dimensions of an LSTM-FCN, in both spellings": """
        n_steps, n_variables = 140, 6
        series = Input((n_steps, n_variables))
        x = LSTM(8)(Permute((2, 1))(series))
        y = GlobalAveragePooling1D()(Conv1D(16, 8)(series))
        both = Concatenate()([x, y])
        flat = Input((1, n_steps))
        x = LSTM(8)(flat)
        y = GlobalAveragePooling1D()(Conv1D(16, 8)(Permute((2, 1))(flat)))
        """,
    "mixing along the steps, attention pooling, variables as tokens": """
        n_steps, n_features = 48, 7
        series = Input((n_steps, n_features))
        turned = Permute((2, 1))(series)
        x = Permute((2, 1))(Dense(n_steps)(turned))
        x = LSTM(8)(x)
        weights = Permute((2, 1))(Dense(n_steps, activation="softmax")(turned))
        y = LSTM(8)(Multiply()([series, weights]))
        tokens = Dense(64)(turned)
        z = keras.layers.MultiHeadAttention(4, 16)(tokens, tokens)
        """,
    "electrodes as rows, and turned to columns": """
        n_channels, n_samples = 22, 256
        trials = Input((n_channels, n_samples, 1))
        x = Conv2D(8, (1, 64), padding="same")(trials)
        x = DepthwiseConv2D((n_channels, 1), depth_multiplier=2)(x)
        y = Conv2D(25, (n_channels, 1))(Conv2D(25, (1, 5))(trials))
        z = Reshape((n_samples, n_channels, 1))(Permute((2, 1))(Input((n_channels, n_samples))))
        z = Conv2D(8, (25, 1))(z)
        """,
    "patches, a pixel shuffle and heads by einops": """
        from einops import rearrange

        images = Input((32, 32, 3))
        x = rearrange(images, "b (h p) (w q) c -> b (h w) (p q c)", p=4, q=4)
        x = keras.layers.MultiHeadAttention(4, 16)(Dense(64)(x), Dense(64)(x))
        y = rearrange(Input((8, 8, 64)), "b h w (p q c) -> b (h p) (w q) c", p=2, q=2)
        y = Conv2D(8, 3)(y)
        q = rearrange(Dense(64)(Input((50, 64))), "b n (h d) -> b h n d", h=4)
        q = rearrange(q, "b h n d -> b n (h d)")
        """,
    "squeeze and excite on one pixel, a decoder of one step, pooled features": """
        maps = Input((28, 28, 16))
        x = Reshape((1, 1, 16))(GlobalAveragePooling2D()(maps))
        x = Multiply()([maps, Conv2D(16, 1, activation="sigmoid")(Conv2D(4, 1)(x))])
        state = Input((64,))
        y = LSTM(64)(Input((1, 64)), initial_state=[state, state])
        z = Reshape((1, -1))(Flatten()(Conv2D(8, 3)(Input((28, 28, 1)))))
        z = LSTM(8)(z)
        """,
    "windows of a table as they come": """
        import pandas as pd

        table = pd.read_csv("table.csv", usecols=["a", "b", "c"])
        values = table.values
        X = np.array([values[i:i + 20] for i in range(len(values) - 20)])
        model = Sequential([Input(X.shape[1:]), Conv1D(8, 3), GlobalAveragePooling1D(), Dense(1)])
        model.predict(X)
        flat = Sequential([Input((3, 1)), Conv1D(8, 2)])
        flat.predict(values[..., None])
        """,
    "capsules, boxes, frames and clips cut where neighbours are": """
        maps = Conv2D(256, 3)(Input((8, 8, 3)))
        capsules = Reshape((6 * 6 * 32, 8))(maps)
        boxes = Reshape((6 * 6 * 4, 64))(maps)
        clips = np.zeros((200, 36, 36)).reshape(-1, 10, 36, 36)
        tiles = np.zeros((64, 64, 3)).reshape(2, 32, 64, 3)
        squares = np.zeros((1000, 100)).reshape(-1, 10, 10, 1)
        """,
    "the same number of values by np.resize, a pattern repeated, a method of something unknown": """
        import cv2

        photo = cv2.resize(cv2.imread("a.png"), (64, 48))
        batch = np.resize(photo, (1, 48, 64, 3))
        weights = np.resize(np.ones(5), 20)

        def smaller(img):
            return img.resize((64, 64))
        """,
    "a transpose of samples alone, and one that is taken back": """
        a = Input((12, 32))
        x = keras.ops.softmax(keras.ops.swapaxes(a, 1, 2))
        y = keras.ops.transpose(keras.ops.relu(keras.ops.transpose(a, (1, 0, 2))), (1, 0, 2))
        y = LSTM(8)(y)
        q = keras.ops.transpose(keras.ops.reshape(a, (-1, 12, 4, 8)), (2, 0, 1, 3))
        w = keras.ops.softmax(keras.ops.matmul(q, keras.ops.transpose(q, (0, 1, 3, 2))))
        """,
    "height and width by their names": """
        import cv2
        from PIL import Image

        photo = cv2.imread("a.png")
        h, w = photo.shape[:2]
        h_scaled, w_scaled = int(h * 0.5), int(w * 0.5)
        small = cv2.resize(photo, (w_scaled, h_scaled))
        other = Image.open("b.png").convert("RGB")
        width, height = other.size
        pixels = np.array(other.getdata()).reshape(height, width, 3)
        first = np.moveaxis(photo, -1, 0)
        """,
}


@pytest.mark.parametrize("name", IDIOMS)
def test_nothing_is_said(name):
    graph = source.read(IMPORTS + textwrap.dedent(IDIOMS[name]), "idiom.py")
    assert [f"{f.location}: {f.rule}: {f.message}" for f in judge(graph, RULES)] == []
    assert graph.calls, "the idiom was read at all"
