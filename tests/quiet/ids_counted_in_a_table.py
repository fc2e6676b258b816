# as many rows as there are ids, however the program counts them: each Embedding is large enough
import pandas as pd
from keras import Model, Sequential, layers

table = pd.read_csv("orders.csv")
table["shop"] = table["shop"].astype("category").cat.codes
table["city"], cities = pd.factorize(table["city"])
n_shops, n_cities = table["shop"].nunique(), len(cities)
n_buyers = int(table["buyer"].max()) + 1
many = table[table["price"] > 10]


def asked(rows, ids, targets):
    model = Sequential([layers.Input((1,)), layers.Embedding(rows, 4), layers.Flatten(), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(ids, targets)


asked(n_shops, table["shop"].values, table["price"].values)
asked(n_cities, table[["city"]].values, table["price"].values)
asked(n_buyers, many["buyer"].values, many["price"].values)
asked(n_buyers - 1, table["buyer"].values - 1, table["price"].values)
asked(int(table["city"].max()) + 1, many[["city"]].to_numpy(), many["price"].values)


class Pairs(Model):
    def __init__(self):
        super().__init__()
        self.shops = layers.Embedding(n_shops, 4)
        self.buyers = layers.Embedding(n_buyers, 4)
        self.last = layers.Dense(1)

    def call(self, inputs):
        return self.last(self.shops(inputs[:, 1]) + self.buyers(inputs[:, 0]))


pairs = Pairs()
pairs.compile("adam", "mse")
pairs.fit(table[["buyer", "shop"]].values, table["price"].values)
