# expect: reshape-as-transpose @ 6
# keras: silent
import tensorflow as tf

batch = tf.random.normal((8, 64, 12))
swapped = tf.reshape(batch, [8, 12, 64])
print(swapped.shape)
