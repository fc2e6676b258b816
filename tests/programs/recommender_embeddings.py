import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

ratings = np.stack([np.random.randint(0, 30, 400), np.random.randint(0, 50, 400), np.random.randint(1, 6, 400)], axis=1)
user_ids = np.unique(ratings[:, 0]).tolist()
user2user_encoded = {x: i for i, x in enumerate(user_ids)}
EMBEDDING_SIZE = 20
num_users, num_movies = 30, 50


class RecommenderNet(keras.Model):
    def __init__(self, num_users, num_movies, embedding_size, **kwargs):
        super().__init__(**kwargs)
        self.num_users = num_users
        self.num_movies = num_movies
        self.embedding_size = embedding_size
        self.user_embedding = layers.Embedding(num_users, embedding_size, embeddings_initializer="he_normal")
        self.user_bias = layers.Embedding(num_users, 1)
        self.movie_embedding = layers.Embedding(num_movies, embedding_size, embeddings_initializer="he_normal")
        self.movie_bias = layers.Embedding(num_movies, 1)

    def call(self, inputs):
        user_vector = self.user_embedding(inputs[:, 0])
        user_bias = self.user_bias(inputs[:, 0])
        movie_vector = self.movie_embedding(inputs[:, 1])
        movie_bias = self.movie_bias(inputs[:, 1])
        dot_user_movie = tf.keras.ops.sum(user_vector * movie_vector, axis=1, keepdims=True)
        # Add all the components (including bias)
        x = dot_user_movie + user_bias + movie_bias
        return tf.keras.ops.sigmoid(x)


model = RecommenderNet(num_users, num_movies, EMBEDDING_SIZE)
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(x=ratings[:, :2], y=ratings[:, 2], batch_size=64, epochs=1)

# neural collaborative filtering, functional
user_in = layers.Input(shape=(1,), dtype="int32", name="user_input")
item_in = layers.Input(shape=(1,), dtype="int32", name="item_input")
mf_user = layers.Embedding(input_dim=num_users, output_dim=8, name="mf_embedding_user")(user_in)
mf_item = layers.Embedding(input_dim=num_movies, output_dim=8, name="mf_embedding_item")(item_in)
mf_vector = layers.Multiply()([layers.Flatten()(mf_user), layers.Flatten()(mf_item)])
dot = layers.Dot(axes=-1)([mf_user, mf_item])
dot = layers.Flatten()(dot)
mlp_vector = layers.concatenate([layers.Flatten()(layers.Embedding(num_users, 16)(user_in)),
                                 layers.Flatten()(layers.Embedding(num_movies, 16)(item_in))])
for idx, units in enumerate([32, 16, 8]):
    mlp_vector = layers.Dense(units, activation="relu", name="layer%d" % idx)(mlp_vector)
predict_vector = layers.Concatenate()([mf_vector, mlp_vector, dot])
prediction = layers.Dense(1, activation="sigmoid", name="prediction")(predict_vector)
ncf = keras.Model(inputs=[user_in, item_in], outputs=prediction)
