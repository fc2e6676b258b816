# what is joined along the first axis are rows of single samples, or the parts of a batch that was split over devices
import tensorflow as tf
from keras import backend as K
from keras.layers import Concatenate, Dense, Input, Lambda
from keras.models import Model


def packed(found, counts, images):
    rows = [found[image, : counts[image]] for image in range(images)]
    return tf.concat(rows, axis=0)


def unstacked(found):
    return tf.concat(tf.unstack(found, num=4, axis=0), axis=0)


boxes, wanted = Input((261, 4)), Input((261,))
counts = Lambda(lambda w: K.sum(K.cast(K.equal(w, 1), "int32"), axis=1))(wanted)
chosen = Lambda(lambda given: packed(given[0], given[1], 4))([boxes, counts])
tight = Lambda(lambda given: tf.abs(unstacked(given)))(boxes)
summed = Lambda(lambda given: K.abs(packed(K.relu(given[0]), given[1], 2)))([boxes, counts])
losses = Model([boxes, wanted], [Lambda(lambda rows: K.abs(rows))(chosen), tight, summed])


def over_devices(network, count):
    found = []
    parts = [tf.split(given, count) for given in network.inputs]
    for device in range(count):
        with tf.device("/gpu:%d" % device):
            own = Lambda(lambda whole, device=device: parts[0][device])(network.inputs[0])
            found.append(network(own))
    with tf.device("/cpu:0"):
        return Model(network.inputs, Concatenate(axis=0, name="all_of_them")(found))


def sliced(whole, part, count):
    size = tf.shape(whole)[0] // count
    return whole[part * size : (part + 1) * size]


def over_slices(network, count):
    given = Input((30,))
    found = [network(Lambda(sliced, arguments={"part": part, "count": count})(given)) for part in range(count)]
    return Model(given, Concatenate(axis=0)(found))


start = Input((30,))
small = Model(start, Dense(10)(start))
over_devices(small, 2)
over_slices(small, 4)
