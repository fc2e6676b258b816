# missed: swapped-steps-and-features @ 12 the names of a function's sizes are all that says what is time
# reported: round 3
# keras: silent
import librosa
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def time_masking(mel_spectrogram, time_masking_para=10, time_mask_num=1):
    fbank_size = tf.shape(mel_spectrogram)
    n, v = fbank_size[1], fbank_size[2]
    for _ in range(time_mask_num):
        t = tf.random.uniform([], minval=1, maxval=time_masking_para, dtype=tf.int32)
        t0 = tf.random.uniform([], minval=0, maxval=n - t, dtype=tf.int32)
        mask = tf.concat([tf.ones((1, n - t0 - t, v, 1)), tf.zeros((1, t, v, 1)), tf.ones((1, t0, v, 1))], 1)
        mel_spectrogram = mel_spectrogram * mask
    return mel_spectrogram


audio, sampling_rate = librosa.load("61-70968-0002.wav")
mel = librosa.feature.melspectrogram(y=audio, sr=sampling_rate, n_mels=128, hop_length=256, fmax=8000)
shape = mel.shape
mel = np.reshape(mel, (-1, shape[0], shape[1], 1)).astype("float32")

model = tf.keras.Sequential([
    layers.Input((128, None, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(3, activation="softmax"),
])
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
batch = tf.concat([mel, time_masking(mel)], axis=0)
model.fit(batch, np.array([1, 1]), epochs=1)
