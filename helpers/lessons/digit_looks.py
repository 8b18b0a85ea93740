"""How the digits and their network are shown in several lessons: the names of its steps, and the paper to draw on."""

from helpers import datasets

DIGITS = list(datasets.DIGITS)
NAMES = {
    "seen": "what it sees",
    "conv_1": "convolution",
    "relu_1": "ReLU",
    "pool_1": "max pooling",
    "conv_2": "convolution 2",
    "relu_2": "ReLU 2",
    "pool_2": "max pooling 2",
    "logits": "logits",
    "probabilities": "softmax",
}
BLACK = {"range": [0, 255], "legend": False}
PAPER = BLACK | {"pen": 255, "brush": 1.1, "note": "draw on it; or arrows, with Space"}
