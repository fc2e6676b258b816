# expect: fed-structure @ 24
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Input, Embedding, Flatten, Dense, concatenate
from tensorflow.keras.models import Model

n_users, n_items = 100, 40
ratings = np.column_stack([
    np.random.randint(0, n_users, 300),
    np.random.randint(0, n_items, 300),
    np.random.randint(1, 6, 300),
])

user = Input(shape=(1,), name='user')
item = Input(shape=(1,), name='item')
u = Flatten()(Embedding(n_users, 8)(user))
i = Flatten()(Embedding(n_items, 8)(item))
x = concatenate([u, i])
x = Dense(32, activation='relu')(x)
out = Dense(1)(x)
model = Model([user, item], out)
model.compile('adam', 'mse')
model.fit(ratings[:, :2], ratings[:, 2], batch_size=32, epochs=1, verbose=0)
