# expect: size-mismatch @ 32
# keras: crash
# file: ratings.csv 500 userId<40,movieId<90,rating<5
# Movie recommender, matrix factorisation with biases
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from tensorflow.keras.layers import Input, Embedding, Flatten, Dot, Add, Activation
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam

ratings = pd.read_csv('ratings.csv')
n_users = ratings.userId.nunique() + 40
n_movies = ratings.movieId.nunique() + 90
train, test = train_test_split(ratings, test_size=0.2, random_state=42)

USER_DIM = 32
MOVIE_DIM = 50

# user tower
user_in = Input(shape=(1,), name='user')
u = Embedding(n_users, USER_DIM, name='user_emb')(user_in)
u = Flatten()(u)
u_bias = Flatten()(Embedding(n_users, 1)(user_in))

# movie tower
movie_in = Input(shape=(1,), name='movie')
m = Embedding(n_movies, MOVIE_DIM, name='movie_emb')(movie_in)
m = Flatten()(m)
m_bias = Flatten()(Embedding(n_movies, 1)(movie_in))

score = Dot(axes=1)([u, m])
score = Add()([score, u_bias, m_bias])
out = Activation('sigmoid')(score)

model = Model([user_in, movie_in], out)
model.compile(loss='mse', optimizer=Adam(0.001))
model.fit([train.userId, train.movieId], train.rating, batch_size=64, epochs=5, verbose=0)
