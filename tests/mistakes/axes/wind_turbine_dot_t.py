# expect: fed-shape @ 24
# keras: crash
# file: scada.npz features=(100, 30, 8) power=(100,)
import numpy as np
from keras.models import Sequential
from keras.layers import Input, Conv1D, GlobalMaxPooling1D, Dense

with np.load('scada.npz') as npz:
    power = npz['power']
features = np.random.rand(100, 30, 8)

# (n, hours, sensors) -> (n, sensors, hours) for the plot
for_plot = features.transpose(0, 2, 1)
# the network wants features last
X = features.T

model = Sequential([
    Input((30, 8)),
    Conv1D(16, 3, activation='relu'),
    GlobalMaxPooling1D(),
    Dense(1),
])
model.compile('adam', 'mse')
model.fit(X, power, epochs=1, verbose=0)
