# expect: permute-without-effect @ 7
# keras: silent
import numpy as np

signals = np.random.rand(10, 2, 300)
# channels last
signals = np.transpose(signals, (0, 1, 2))
print(signals.shape)
