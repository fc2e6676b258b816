"""VQA toy: image grid + question, co-attention and low-rank bilinear pooling."""
import keras
import keras.layers as kl
import keras.ops as K

VOCAB, QLEN, ANSWERS = 200, 14, 12


def image_encoder(shape=(64, 64, 3)):
    i = kl.Input(shape)
    h = i
    for n in [8, 16, 32]:
        h = kl.Conv2D(n, 3, strides=2, padding='same', activation='relu')(h)
    *_, hh, ww, cc = h.shape
    h = kl.Reshape((hh * ww, cc))(h)
    return keras.Model(i, h)


def question_encoder():
    q = kl.Input((QLEN,), dtype='int32')
    e = kl.Embedding(VOCAB, 24, mask_zero=False)(q)
    seq, last, cell = kl.LSTM(20, return_sequences=True, return_state=True)(e)
    return keras.Model(q, [seq, last])


class LowRankBilinear(kl.Layer):
    def __init__(self, rank, out, glimpses=2, **kw):
        super().__init__(**kw)
        self.u = kl.Dense(rank, activation='tanh')
        self.v = kl.Dense(rank, activation='tanh')
        self.p = kl.Dense(out)
        self.g = kl.Dense(glimpses)
        self.glimpses = glimpses

    def call(self, inputs):
        visual, text = inputs
        joint = self.u(visual) * K.expand_dims(self.v(text), 1)
        logits = self.g(joint)                              # (b, regions, glimpses)
        alpha = K.softmax(logits, axis=1)
        pooled = K.einsum('brg,brc->bgc', alpha, visual)
        pooled = K.reshape(pooled, (-1, self.glimpses * visual.shape[-1]))
        return self.p(K.concatenate([pooled, text], axis=-1)), alpha


img = kl.Input((64, 64, 3), name='image')
qst = kl.Input((QLEN,), dtype='int32', name='question')
regions = image_encoder()(img)
words, q_vec = question_encoder()(qst)

# parallel co-attention with Dot
affinity = kl.Dot(axes=-1)([kl.Dense(20)(regions), words])
over_words = kl.Softmax(axis=-1)(affinity)
over_regions = kl.Permute((2, 1))(kl.Softmax(axis=1)(affinity))
word_ctx = kl.Dot(axes=(2, 1))([over_words, words])
region_ctx = kl.Dot(axes=(2, 1))([over_regions, regions])

fused, attention_map = LowRankBilinear(40, 48)([regions, q_vec])
extra = kl.Concatenate()([kl.GlobalAveragePooling1D()(word_ctx), kl.GlobalMaxPool1D()(region_ctx)])
h = kl.Concatenate()([fused, extra])
h = kl.Dense(32, activation='gelu')(h)
answer = kl.Dense(ANSWERS, activation='softmax', name='answer')(h)
grid = kl.Reshape((8, 8, 2), name='attention')(attention_map)
big = kl.UpSampling2D(8, interpolation='bilinear')(grid)

model = keras.Model({'image': img, 'question': qst}, {'answer': answer, 'attention': big})
bil = kl.Bilinear(3) if hasattr(kl, 'Bilinear') else kl.Dense(3)
z = bil(h)
