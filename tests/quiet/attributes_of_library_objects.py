import keras
import numpy as np
from keras import layers
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.model_selection import KFold
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import pandas as pd
import tensorflow as tf

x = np.load("x.npy")
pca = PCA(n_components=0.9)
pca.fit(x)
scaler = StandardScaler().fit(x)
encoder = OneHotEncoder()
encoder.fit(x)
folds = KFold(5)
clusters = KMeans(3).fit(x)

for size in (
    pca.n_components_,
    scaler.n_features_in_,
    encoder.n_features_in_,
    folds.n_splits,
    int(pca.n_components_),
    getattr(pca, "n_components_"),
    pca.n_components_ + 1,
    pca.n_components_ if len(x) > 3 else 7,
    max(pca.n_components_, 4),
    pca.explained_variance_ratio_.shape[0],
    clusters.cluster_centers_[0],
    [pca.n_components_][0],
):
    keras.Sequential([keras.Input((300,)), layers.Dense(size)])

model = keras.Sequential([keras.Input((pca.n_components_,)), layers.Dense(4)])
model.predict(pca.transform(x))
model.predict(np.zeros((10, 12)).reshape(-1, pca.n_components_))
keras.Sequential([keras.Input((8, 3)), layers.Reshape((-1, pca.n_components_)), layers.LSTM(pca.n_components_)])
keras.Sequential([keras.Input((8, 3)), layers.Conv1D(pca.n_components_, pca.n_components_, padding=pca.padding)])
for _ in range(pca.n_components_):
    model.add(layers.Dense(2))
if pca.n_components_ == 3:
    model.add(layers.Dense(pca.n_components_))
if isinstance(pca.n_components_, int):
    model.add(layers.Flatten())

frame = pd.read_csv("a.csv")
dense = layers.Dense(4)
batches = tf.data.Dataset.from_tensor_slices(x)
layers.Dense(frame.attrs["units"])(keras.Input((5,)))
layers.Dense(dense.width)(keras.Input((5,)))
layers.Dense(model.latent)(keras.Input((5,)))
layers.Dense(batches.num_features)(keras.Input((5,)))
layers.Dense(x.width)(keras.Input((5,)))
transform = scaler.transform
keras.Sequential([keras.Input((4,)), layers.Dense(1)]).predict(transform(np.zeros((10, 4))))
