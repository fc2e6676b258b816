# expect: works-along-batch @ 17
# expect: works-along-batch @ 18
# reported: round 7
# keras: silent
import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Activation, Dense, Dropout, Lambda
import tensorflow as tf

VECTOR_SIZE = 2048


def cosine_distance(vecs, normalize=True):
    x, y = vecs
    if normalize:
        x = tf.nn.l2_normalize(x, axis=0)
        y = tf.nn.l2_normalize(y, axis=0)
    return x * y


def cosine_distance_output_shape(shapes):
    return shapes[0]


input_1 = Input(shape=(VECTOR_SIZE,))
input_2 = Input(shape=(VECTOR_SIZE,))
merged = Lambda(cosine_distance, output_shape=cosine_distance_output_shape)([input_1, input_2])
fc1 = Dense(512, kernel_initializer="glorot_uniform")(merged)
fc1 = Activation("relu")(Dropout(0.2)(fc1))
pred = Activation("softmax")(Dense(2, kernel_initializer="glorot_uniform")(fc1))
model = Model([input_1, input_2], pred)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])


def generate(vectors, batch_size):
    while True:
        left = np.random.randint(0, len(vectors), batch_size)
        right = np.random.randint(0, len(vectors), batch_size)
        yield (vectors[left], vectors[right]), np.eye(2)[(left == right).astype(int)]


vectors = np.random.rand(40, VECTOR_SIZE).astype("float32")
model.fit(generate(vectors, 8), steps_per_epoch=2, epochs=1)
