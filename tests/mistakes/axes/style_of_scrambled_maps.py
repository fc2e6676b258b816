# missed: reshape-as-transpose @ 25 the shapes of the layers inside of a network of keras.applications are not known
# reported: round 6
# keras: silent
# file: street.png (70, 100, 3)
# file: laptop.png (60, 90, 3)
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.preprocessing.image import img_to_array, load_img

ROWS, COLUMNS = 64, 96


def feature_model():
    vgg = keras.applications.VGG16(include_top=False, weights=None, input_shape=(ROWS, COLUMNS, 3))
    return keras.Model(vgg.input, [vgg.get_layer(name).output for name in ("block1_conv1", "block2_conv1", "block3_conv1")])


def gram(A):
    return tf.matmul(A, A, transpose_b=True)


def compute_layer_style_cost(a_S, a_G):
    m, n_H, n_W, n_C = a_G.shape.as_list()
    a_S = tf.reshape(a_S, [n_C, n_H * n_W])
    a_G = tf.reshape(a_G, [n_C, n_H * n_W])
    GS, GG = gram(a_S), gram(a_G)
    return tf.reduce_sum(tf.square(GS - GG)) / (4 * n_C ** 2 * (n_W * n_H) ** 2)


def load(path):
    image = img_to_array(load_img(path, target_size=(ROWS, COLUMNS)))
    return tf.constant(keras.applications.vgg16.preprocess_input(image[None]))


extract = feature_model()
style = extract(load("street.png"))
generated = tf.Variable(load("laptop.png"))
optimizer = keras.optimizers.Adam(2.0)
for _ in range(2):
    with tf.GradientTape() as tape:
        features = extract(generated)
        loss = tf.add_n([compute_layer_style_cost(s, g) for s, g in zip(style, features)])
    optimizer.apply_gradients([(tape.gradient(loss, generated), generated)])
