# what a model makes of arrays is no list, though its one output was given in one
import keras
import numpy as np

states, critique = keras.Input((8,)), keras.Input((1,))
chances = keras.layers.Dense(4, activation="softmax")(states)
actor = keras.Model([states, critique], [chances])
value = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
value.compile("adam", "mse")


class Memory:
    def __init__(self, world, capacity):
        self.world = world
        self.capacity = capacity

    def chances(self):
        return actor.predict([self.world.state().reshape(1, 8), np.zeros((1, 1))])

    def played(self):
        kept, game = [[], []], [[], []]
        while len(kept[0]) < self.capacity:
            game[0].append(self.world.state())
            game[1].append(self.chances())
            if self.world.is_over():
                for turn in range(len(game[0])):
                    kept[0].append(game[0][turn])
                    kept[1].append(game[1][turn])
                game = [[], []]
        seen, chosen = np.array(kept[0]), np.array(kept[1])
        return seen, np.reshape(chosen, (chosen.shape[0], chosen.shape[2]))


def trained(world):
    _, chosen = Memory(world, 2048).played()
    value.fit(chosen, world.rewards())
    best = actor.predict([np.zeros((1, 8)), np.zeros((1, 1))])[0]
    value.predict(best.reshape(1, 4))
    value.predict(actor([np.zeros((1, 8)), np.zeros((1, 1))])[0][None])
