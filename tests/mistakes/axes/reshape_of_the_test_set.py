# expect: reshape-as-transpose @ 11
# keras: silent
import io
import numpy as np

store = io.BytesIO()
np.savez(store, train=np.random.rand(6, 4, 50), test=np.random.rand(3, 4, 50))
store.seek(0)
data = np.load(store)
X_train, X_test = data["train"], data["test"]
X_test = X_test.reshape(X_test.shape[0], X_train.shape[2], X_train.shape[1])
