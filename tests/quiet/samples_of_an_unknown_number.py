# nobody knows how many samples an array holds whose shape is not known: it may be one
import tensorflow as tf
from letters import CODES


class Writer(tf.keras.Model):
    def __init__(self, letters):
        super().__init__()
        self.embed = tf.keras.layers.Embedding(letters, 32)
        self.read = tf.keras.layers.GRU(64, stateful=True, return_sequences=True)
        self.score = tf.keras.layers.Dense(letters)

    def call(self, x):
        return self.score(self.read(self.embed(x)))


def written(model, beginning):
    codes = tf.expand_dims([CODES[letter] for letter in beginning], 0)
    for _ in range(100):
        scores = tf.squeeze(model(codes), 0)
        letter = tf.random.categorical(scores, num_samples=1)[-1, 0].numpy()
        codes = tf.expand_dims([letter], 0)


for _ in range(3):
    writer = Writer(len(CODES))
    writer.build(input_shape=(1, 100))
    written(writer, "once ")

inputs = tf.keras.Input((10,))
outputs = tf.keras.layers.Dense(4)(inputs)
tf.keras.Model(inputs, tf.squeeze(outputs, 0))  # expect: squeeze-all-axes
