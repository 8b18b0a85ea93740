"""`conv2d` and pooling against PyTorch and ONNX Runtime, on one thread: in turns, medians of many runs.

Both are timed with two orders in memory. Channels first is what they are at home with. Channels last is the order
here; ONNX Runtime has to turn a photo around, there and back, and PyTorch knows it as it is.
"""

import statistics
import time

import numpy as np

from helpers.convolution import conv2d
from helpers.pooling import avg_pool2d, max_pool2d

PHOTO = (1, 400, 600, 3)
SHAPES = {  # images, weights, stride, padding
    "photo, 1 filter": (PHOTO, (3, 3, 3, 1), 1, 0),
    "photo, 8 filters, padded": (PHOTO, (3, 3, 3, 8), 1, 1),
    "MNIST batch, layer 1": ((32, 28, 28, 1), (3, 3, 1, 8), 1, 0),
    "MNIST batch, layer 2": ((32, 13, 13, 8), (3, 3, 8, 16), 1, 0),
    "picture, 16 filters": ((1, 256, 256, 3), (3, 3, 3, 16), 1, 0),
    "SqueezeNet, conv1": ((1, 227, 227, 3), (3, 3, 3, 64), 2, 0),
    "SqueezeNet, 1x1": ((1, 56, 56, 16), (1, 1, 16, 64), 1, 0),
    "SqueezeNet, 3x3": ((1, 56, 56, 16), (3, 3, 16, 64), 1, 1),
    "SqueezeNet, 3x3, middle": ((1, 27, 27, 32), (3, 3, 32, 128), 1, 1),
    "SqueezeNet, 3x3, deep": ((1, 13, 13, 64), (3, 3, 64, 256), 1, 1),
}
POOLING = [(2, 2, 0), (3, 2, 0), (3, 2, 1), (3, 1, 1)]  # kernel size, stride, padding
POOLS = {"max": max_pool2d, "avg": avg_pool2d}


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


class PyTorch:
    """PyTorch's convolution and pooling, as calls without arguments."""

    def __init__(self):
        import torch

        torch.set_num_threads(1)
        self.torch, self.name = torch, f"PyTorch {torch.__version__}"

    def orders(self, images):
        """Return the same images in both orders."""
        planes = self.torch.from_numpy(images).permute(0, 3, 1, 2)
        orders = self.torch.channels_last, self.torch.contiguous_format
        return [planes.contiguous(memory_format=order) for order in orders]

    def conv2d(self, images, weights, bias, stride, padding):
        """Return a call for each order."""
        w, b = self.torch.from_numpy(weights).permute(3, 2, 0, 1).contiguous(), self.torch.from_numpy(bias)
        conv = self.torch.nn.functional.conv2d
        return [lambda x=x: conv(x, w, b, stride, padding).permute(0, 2, 3, 1) for x in self.orders(images)]

    def pool(self, kind, images, *numbers):
        """Return a call for each order."""
        pool = getattr(self.torch.nn.functional, f"{kind}_pool2d")
        return [lambda x=x: pool(x, *numbers).permute(0, 2, 3, 1) for x in self.orders(images)]


class OnnxRuntime:
    """ONNX Runtime's convolution and pooling, as calls without arguments."""

    def __init__(self):
        import onnx
        import onnxruntime

        self.onnx, self.runtime, self.name = onnx, onnxruntime, f"ONNX Runtime {onnxruntime.__version__}"

    def conv2d(self, images, weights, bias, stride, padding):
        """Return a call for each order."""
        arrays = {"w": weights.transpose(3, 2, 0, 1), "b": bias}
        return self.calls(images, arrays, "Conv", strides=[stride] * 2, pads=[padding] * 4)

    def pool(self, kind, images, size, stride, padding):
        """Return a call for each order."""
        name, more = {"max": ("MaxPool", {}), "avg": ("AveragePool", {"count_include_pad": 1})}[kind]
        numbers = {"kernel_shape": [size] * 2, "strides": [stride] * 2, "pads": [padding] * 4}
        return self.calls(images, {}, name, **numbers, **more)

    def calls(self, images, arrays, operator, **numbers):
        """Return the operator on these images between two turns of the axes, and by itself."""
        node = self.onnx.helper.make_node
        there = node("Transpose", ["x"], ["planes"], perm=[0, 3, 1, 2])
        back = node("Transpose", ["maps"], ["y"], perm=[0, 2, 3, 1])
        last = self.session([there, node(operator, ["planes", *arrays], ["maps"], **numbers), back], images, arrays)
        planes = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
        first = self.session([node(operator, ["x", *arrays], ["y"], **numbers)], planes, arrays)
        return [
            lambda: last.run(None, {"x": images})[0],
            lambda: first.run(None, {"x": planes})[0].transpose(0, 2, 3, 1),
        ]

    def session(self, nodes, images, arrays):
        """Return a session of these operators, on one thread."""
        value = self.onnx.helper.make_tensor_value_info
        number = self.onnx.TensorProto.FLOAT
        ends = [value("x", number, images.shape)], [value("y", number, None)]
        held = [self.onnx.numpy_helper.from_array(np.ascontiguousarray(a), name) for name, a in arrays.items()]
        graph = self.onnx.helper.make_graph(nodes, "graph", *ends, held)
        versions = {"opset_imports": [self.onnx.helper.make_opsetid("", 17)], "ir_version": 8}
        model = self.onnx.helper.make_model(graph, **versions)
        options = self.runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return self.runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def rows_of(library):
    """Yield the name of each comparison, our call, and the library's calls."""
    rng = np.random.default_rng(0)
    for name, (images_shape, weights_shape, *numbers) in SHAPES.items():
        shapes = images_shape, weights_shape, weights_shape[3:]
        arrays = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
        yield name, lambda a=arrays, n=numbers: conv2d(*a, *n), library.conv2d(*arrays, *numbers)
    photo = rng.normal(size=PHOTO).astype(np.float32)
    for kind, ours in POOLS.items():
        for size, stride, padding in POOLING:
            name = f"photo, {kind} {size}x{size}/{stride}" + ", padded" * (padding > 0)
            numbers = size, stride, padding
            yield name, lambda o=ours, n=numbers: o(photo, *n), library.pool(kind, photo, *numbers)


def compare(library):
    """Print the times, and how many times as long ours takes."""
    print(f"NumPy {np.__version__} against {library.name}, one thread")
    print(f"{'':26}{'ours':>9}{'channels last':>22}{'channels first':>22}")
    ratios = []
    for name, call, calls in rows_of(library):
        assert all(np.allclose(call(), other(), atol=1e-3) for other in calls), name
        ours, *theirs = medians([call, *calls])
        ratios.append([ours / other for other in theirs])
        compared = "".join(f"{1e6 * other:10.0f} us{ours / other:7.2f} x" for other in theirs)
        print(f"{name:26}{1e6 * ours:6.0f} us{compared}")
    means = [statistics.geometric_mean(column) for column in zip(*ratios, strict=True)]
    print(f"{'geometric mean':35}" + "".join(f"{mean:20.2f} x" for mean in means))


def main():
    """Compare with each library that is installed."""
    for library in (PyTorch, OnnxRuntime):
        try:
            compare(library())
        except ImportError as missing:
            print(f"arithmetic against {library.__name__}: not measured, {missing.name} is not installed")
