# each sample is taken by a loop over the batch, on purpose
import keras
import tensorflow as tf
from keras import layers
from tensorflow.keras import backend as K


def for_each_sample(tensors, function, batch_size):
    answers = []
    for number in range(batch_size):
        answers.append(function(*[tensor[number] for tensor in tensors]))
    return tf.stack(answers, axis=0)


class Refined(layers.Layer):
    def __init__(self, images_per_step):
        super().__init__()
        self.images_per_step = images_per_step
        self.shift = layers.Dense(4)

    def sample(self, boxes, number):
        return self.shift(boxes[number])

    def call(self, boxes):
        scored = for_each_sample([boxes], lambda rows: self.shift(rows), self.images_per_step)
        counted = tf.stack([self.sample(boxes, number) for number in range(4)])
        many = [self.shift(boxes[number]) for number in range(tf.shape(boxes)[0])]
        static = [self.shift(boxes[number]) for number in range(K.int_shape(boxes)[0] or 2)]
        listed = [self.shift(boxes[number]) for number, _ in enumerate(tf.unstack(boxes, num=4))]
        position, walked = 0, []
        while position < self.images_per_step:
            walked.append(self.shift(boxes[position]))
            position += 1
        return tf.concat([scored, counted, many, static, listed, walked], axis=0)


boxes = keras.Input((20, 4))
refined = layers.Dense(3)(Refined(4)(boxes))

steps = keras.Input((12, 6))
heard = layers.GRU(8, return_sequences=True)(steps)
before = [layers.Dense(3)(heard[number - 1]) for number in range(4)]
first = layers.Dense(3)(heard[-1])  # expect: other-axis-picked
