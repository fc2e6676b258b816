# every sample is compared with every other, and both softmaxes of the square are meant
import keras
import numpy as np
from keras import layers, ops


def contrastive(images, texts):
    logits = ops.matmul(texts, ops.transpose(images)) / 0.07
    by_text = ops.log_softmax(logits, axis=-1)
    by_image = ops.log_softmax(logits, axis=0)
    return -ops.mean(ops.diagonal(by_text) + ops.diagonal(by_image))


towers = keras.Sequential([keras.Input((20,)), layers.Dense(8)])
towers.compile("adam", contrastive)
towers.fit(np.random.rand(16, 20), np.random.rand(16, 8))
