# expect: swapped-steps-and-features @ 9
# keras: silent
import numpy as np
import tensorflow as tf

CFG = {"seq_len": 48, "num_feats": 5, "units": 8}

inputs = tf.keras.layers.Input(shape=(CFG["num_feats"], CFG["seq_len"]))
x = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(CFG["units"]))(inputs)
out = tf.keras.layers.Dense(1)(x)
model = tf.keras.Model(inputs, out)
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((8, 5, 48)), np.zeros(8), verbose=0)
