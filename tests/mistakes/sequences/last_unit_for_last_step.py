# expect: other-axis-picked @ 24
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

N_MELS, FRAMES, HIDDEN, SPEAKERS = 40, 50, 64, 6


class VoiceVector(models.Model):
    def __init__(self, speakers):
        super().__init__()
        self.prenet = models.Sequential([layers.Dense(HIDDEN, activation="relu"), layers.Dropout(0.2)])
        self.conv = layers.Conv1D(HIDDEN, 3, padding="same", activation="relu")
        self.rnn = layers.GRU(HIDDEN, return_sequences=True)
        self.vector = layers.Dense(HIDDEN)
        self.out = layers.Dense(speakers, activation="softmax")

    def call(self, x):
        out = self.prenet(x)
        out = self.conv(out)
        out = self.rnn(out)
        out = out[..., -1]
        out = tf.nn.l2_normalize(self.vector(out), axis=-1)
        return self.out(out)


mels = np.random.rand(32, FRAMES, N_MELS).astype("float32")
speakers = np.random.randint(0, SPEAKERS, 32)
model = VoiceVector(SPEAKERS)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(mels, speakers, batch_size=8, epochs=1)
