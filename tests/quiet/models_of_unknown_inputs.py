import numpy as np
from keras.layers import Dense, Input, Lambda, Concatenate
from keras.models import Model
from other_package import encoder_of

encoder = encoder_of("base")  # nobody here knows how many inputs it has
core = Model(encoder.input, encoder.output)
head = Model(core.inputs, Dense(2)(core.outputs[0]))
head.predict([np.zeros((4, 3)), np.zeros((4, 3))])

labels = Input((7,))
trained = Model(core.inputs + [labels], Concatenate()([core.output, labels]))
trained.predict([np.zeros((4, 3)), np.zeros((4, 3)), np.zeros((4, 7))])
joined = Model([core.input, labels], Concatenate()([core.output, labels]))
joined.predict([np.zeros((4, 3)), np.zeros((4, 3)), np.zeros((4, 7))])
star = Model([*core.inputs, labels], Concatenate()([core.output, labels]))
star.predict([np.zeros((4, 3)), np.zeros((4, 3)), np.zeros((4, 7))])
both = Model(inputs={"a": core.input, "b": labels}, outputs=core.output)
last = Model(core.inputs[:], Lambda(lambda x: x[:, -1])(core.output))
last([np.zeros((4, 3)), np.zeros((4, 3))])
several = Model(core.inputs, core.outputs)
several.compile(loss="mse")
several.fit(np.zeros((4, 3)), [np.zeros((4, 3)), np.zeros((4, 3))])
