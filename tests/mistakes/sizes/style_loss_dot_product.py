# expect: size-mismatch @ 14
# keras: crash
import numpy as np
from tensorflow.keras.layers import Input, Dense, Multiply, Concatenate, Dropout
from tensorflow.keras.models import Model

# neural collaborative filtering with gmf and mlp parts
gmf_user = Input((16,), name='gmf_user')
gmf_item = Input((16,), name='gmf_item')
mlp_user = Input((32,), name='mlp_user')
mlp_item = Input((24,), name='mlp_item')

gmf = Multiply()([gmf_user, gmf_item])
mlp = Multiply()([mlp_user, mlp_item])
mlp = Dense(16, activation='relu')(mlp)
mlp = Dropout(0.1)(mlp)
out = Dense(1, activation='sigmoid')(Concatenate()([gmf, mlp]))
model = Model([gmf_user, gmf_item, mlp_user, mlp_item], out)
