import absl.flags
import wandb
from keras import Sequential, layers
from settings import UNITS

run = wandb.init(config={"hidden": 50})
config = wandb.config
config.hidden = 50
FLAGS = absl.flags.FLAGS

Sequential(
    [layers.Dense(wandb.config.units, input_shape=(4,)), layers.Dense(UNITS), layers.Dense(FLAGS.units)]
)
layers.Dense(config.hidden)(layers.Input((10,)))
