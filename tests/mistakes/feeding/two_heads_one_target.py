# expect: targets-unlike-outputs @ 17
# keras: crash
import numpy as np
from keras import Model
from keras.layers import Input, Dense

X = np.random.rand(50, 9)
age = np.random.rand(50)
gender = np.random.randint(0, 2, 50)

trunk_in = Input((9,))
trunk = Dense(32, activation="relu")(trunk_in)
age_head = Dense(1, name="age")(trunk)
gender_head = Dense(1, activation="sigmoid", name="gender")(trunk)
model = Model(trunk_in, [age_head, gender_head])
model.compile(optimizer="adam", loss=["mse", "binary_crossentropy"])
model.fit(X, gender, epochs=1, verbose=0)
