import numpy as np
from tensorflow.keras.applications import ResNet50
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Model
from tensorflow.keras.utils import to_categorical

x = np.random.rand(4, 64, 64, 3)
y = to_categorical([0, 1, 2, 1], num_classes=3)
backbone = ResNet50(weights=None, include_top=False, input_shape=(64, 64, 3))
out = Dense(3, activation="softmax")(backbone.output)
model = Model(inputs=backbone.input, outputs=out)
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(x, y, batch_size=2, epochs=1, verbose=0)
