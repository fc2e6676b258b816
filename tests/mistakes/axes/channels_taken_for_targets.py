# expect: reshape-as-transpose @ 33
# reported: round 8
# keras: silent
# file: volumes.csv 120 a,b,c,d,e,f
import keras
import numpy as np
import pandas as pd
from keras import layers


class DatasetTopK(keras.utils.PyDataset):
    """Windows of each series together with the k series that resemble it most."""

    def __init__(self, path, seq_len=24, pred_len=6, k=3, batch_size=8, **kwargs):
        super().__init__(**kwargs)
        self.seq_len, self.pred_len, self.k, self.batch_size = seq_len, pred_len, k, batch_size
        df = pd.read_csv(path)
        self.data = df.values.astype("float32")
        self.channels = self.data.shape[1]
        corr = np.corrcoef(self.data.T)
        order = np.argsort(-corr, axis=1)[:, : k + 1]
        groups = [self.data[:, order[:, j]] for j in range(k + 1)]
        self.data_topk = np.stack(groups, axis=1)

    def __len__(self):
        return (len(self.data) - self.seq_len - self.pred_len) // self.batch_size

    def __getitem__(self, index):
        xs, ys = [], []
        for i in range(index * self.batch_size, (index + 1) * self.batch_size):
            s_end = i + self.seq_len
            seq_x = self.data_topk[i:s_end]
            seq_x = seq_x.reshape(self.seq_len, self.channels, self.k + 1)
            xs.append(seq_x)
            ys.append(self.data[s_end : s_end + self.pred_len])
        return np.stack(xs), np.stack(ys)


dataset = DatasetTopK("volumes.csv")
inputs = keras.Input((24, dataset.channels, dataset.k + 1))
x = layers.TimeDistributed(layers.Dense(8, activation="relu"))(inputs)
x = layers.Permute((2, 1, 3))(x)
x = layers.Reshape((dataset.channels, 24 * 8))(x)
x = layers.Dense(dataset.pred_len)(x)
outputs = layers.Permute((2, 1))(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="mse")
model.fit(dataset, epochs=1, verbose=0)
