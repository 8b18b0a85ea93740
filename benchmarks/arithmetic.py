"""`conv2d` against PyTorch's, on one thread: the same numbers, taken in turns, medians of many runs.

PyTorch is timed with both orders in memory: channels last, as here, and channels first, its default.
"""

import statistics
import time

import numpy as np

from helpers.convolution import conv2d

SHAPES = {  # images, weights, stride, padding
    "MNIST batch, layer 1": ((32, 28, 28, 1), (3, 3, 1, 8), 1, 0),
    "MNIST batch, layer 2": ((32, 13, 13, 8), (3, 3, 8, 16), 1, 0),
    "photo, 16 filters": ((1, 256, 256, 3), (3, 3, 3, 16), 1, 0),
    "SqueezeNet, conv1": ((1, 227, 227, 3), (3, 3, 3, 64), 2, 0),
    "SqueezeNet, 1x1": ((1, 56, 56, 16), (1, 1, 16, 64), 1, 0),
    "SqueezeNet, 3x3": ((1, 56, 56, 16), (3, 3, 16, 64), 1, 1),
    "SqueezeNet, 3x3, middle": ((1, 27, 27, 32), (3, 3, 32, 128), 1, 1),
    "SqueezeNet, 3x3, deep": ((1, 13, 13, 64), (3, 3, 64, 256), 1, 1),
}


def medians(functions, seconds=0.5):
    """Call the functions in turns and return the median time of each, in seconds."""
    times = [[] for _ in functions]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times[0]) < 9:
        for function, taken in zip(functions, times, strict=True):
            start = time.perf_counter()
            function()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def contestants(torch, images_shape, weights_shape, stride, padding):
    """Return one call for each contestant, all on the same numbers: ours, channels last, channels first."""
    rng = np.random.default_rng(0)
    images = rng.normal(size=images_shape).astype(np.float32)
    weights = rng.normal(size=weights_shape).astype(np.float32)
    bias = rng.normal(size=weights_shape[3]).astype(np.float32)
    calls = [lambda: conv2d(images, weights, bias, stride, padding)]
    for order in (torch.channels_last, torch.contiguous_format):
        x = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous(memory_format=order)
        w = torch.from_numpy(weights).permute(3, 2, 0, 1).contiguous(memory_format=order)
        b = torch.from_numpy(bias)
        calls.append(lambda x=x, w=w, b=b: torch.nn.functional.conv2d(x, w, b, stride, padding))
        assert np.allclose(calls[0](), calls[-1]().permute(0, 2, 3, 1).numpy(), atol=1e-3)
    return calls


def main():
    """Print the times, and how many times as long ours takes."""
    try:
        import torch
    except ImportError:
        print("conv2d against PyTorch: not measured, PyTorch is not installed")
        return
    torch.set_num_threads(1)
    print(f"conv2d, NumPy {np.__version__}, against PyTorch {torch.__version__}, one thread")
    print(f"{'':26}{'ours':>9}{'channels last':>22}{'channels first':>22}")
    ratios = []
    for name, shapes in SHAPES.items():
        ours, *theirs = medians(contestants(torch, *shapes))
        ratios.append([ours / other for other in theirs])
        compared = "".join(f"{1e6 * other:10.0f} us{ours / other:7.2f} x" for other in theirs)
        print(f"{name:26}{1e6 * ours:6.0f} us{compared}")
    means = [statistics.geometric_mean(column) for column in zip(*ratios, strict=True)]
    print(f"{'geometric mean':35}" + "".join(f"{mean:20.2f} x" for mean in means))
