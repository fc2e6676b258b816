# the last row, rows from the end, rows that are left out, and a loop that stops in time
import numpy as np
from tensorflow import keras

ids = {"a": 1, "b": 2, "c": 3, "d": 400}
matrix = np.zeros((len(ids), 8))
for word, i in ids.items():
    if i >= len(ids):
        continue
    matrix[i] = np.random.rand(8)
matrix[-1] = np.random.rand(8)
matrix[-4] = np.random.rand(8)

frames = np.zeros((10, 4))
for number in range(100):
    try:
        frames[number] = np.random.rand(4)
    except IndexError:
        break

queue = np.zeros((5, 4))
for number in range(20):
    if number == 5:
        break
    queue[number] = np.random.rand(4)

some = np.zeros((5, 4))
for number in range(20):
    if keras.backend.learning_phase() or number >= some.shape[0]:
        break
    some[number] = np.random.rand(4)

vectors = np.zeros((3, 4))
for word, i in {"a": 1, "b": 2, "c": 3}.items():
    if word not in keras.saving.get_custom_objects():
        continue
    vectors[i] = np.random.rand(4)
