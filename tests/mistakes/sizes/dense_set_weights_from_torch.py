# expect: set-weights-shape @ 19
# keras: crash
import numpy as np
from tensorflow import keras

# exported with torch.save -> numpy: fc.weight (out, in), fc.bias (out,)
torch_weights = {
    "fc1.weight": np.random.rand(64, 20).astype("float32"),
    "fc1.bias": np.zeros(64, dtype="float32"),
    "fc2.weight": np.random.rand(3, 64).astype("float32"),
    "fc2.bias": np.zeros(3, dtype="float32"),
}

inputs = keras.Input((20,))
fc1 = keras.layers.Dense(64, activation="relu", name="fc1")
fc2 = keras.layers.Dense(3, name="fc2")
model = keras.Model(inputs, fc2(fc1(inputs)))

fc1.set_weights([torch_weights["fc1.weight"], torch_weights["fc1.bias"]])
fc2.set_weights([torch_weights["fc2.weight"].T, torch_weights["fc2.bias"]])
print(model.predict(np.zeros((1, 20))))
