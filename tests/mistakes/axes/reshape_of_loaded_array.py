# expect: reshape-as-transpose @ 10
# keras: silent
import io
import numpy as np

store = io.BytesIO()
np.save(store, np.random.rand(6, 4, 50))
store.seek(0)
X = np.load(store)
X = X.reshape(X.shape[0], X.shape[2], X.shape[1])
print(X.shape)
