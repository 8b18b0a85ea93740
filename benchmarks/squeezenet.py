"""SqueezeNet on one photo, against ONNX Runtime and PyTorch on one thread, in turns; then what else is asked of it."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.arithmetic import OnnxRuntime, PyTorch, medians
from helpers import images, squeezenet
from helpers.layers import Conv2D, MaxPool2D
from helpers.lessons import lesson_05, lesson_06

MEMORY = """
import re, sys
import numpy as np
from helpers import squeezenet
most = lambda: int(re.search(r"VmHWM: *\\t* *(\\d+)", open("/proc/self/status").read())[1]) / 1000
squeezenet.weights()
before = most()
photo = np.full((5000, 8000, int(sys.argv[1])), 200, np.uint8)
squeezenet.gradient(squeezenet.prepare(photo), 0)
print(most() - before)
"""


def of_pytorch(prepared):
    """Return a call of the same network in PyTorch."""
    library = PyTorch()
    torch, functional = library.torch, library.torch.nn.functional
    [given, _] = library.orders(prepared[np.newaxis])

    def conv(layer):
        values = (torch.tensor(value) for value in layer.parameters.values())
        return next(values).permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last), next(values), layer

    def run(maps, held):
        filters, bias, layer = held
        return functional.conv2d(maps, filters, bias, layer.stride, layer.padding).relu_()

    steps = []
    for name, (layer, *_) in squeezenet.parts():
        if isinstance(layer, squeezenet.Fire):
            steps.append((name, [conv(one) for one in (layer.squeeze, layer.expand1, layer.expand3)]))
        else:
            steps.append((name, [conv(layer)] if isinstance(layer, Conv2D) else []))

    def call():
        maps = given
        with torch.inference_mode():
            for name, held in steps:
                if name.startswith("fire"):
                    few = run(maps, held[0])
                    maps = torch.cat([run(few, held[1]), run(few, held[2])], dim=1)
                elif held:
                    maps = run(maps, held[0])
                else:
                    maps = functional.max_pool2d(maps, 3, 2) if "pool" in name else maps.mean(dim=(2, 3))
        return maps.numpy()

    return library.name, call


def of_onnx(prepared):
    """Return a call of the same network in ONNX Runtime."""
    library = OnnxRuntime()
    node, nodes, arrays = library.onnx.helper.make_node, [], {}

    def conv(layer, given, made):
        arrays[f"{made}/W"] = layer.parameters["weights"].transpose(3, 2, 0, 1)
        arrays[f"{made}/b"] = layer.parameters["bias"]
        numbers = {"strides": [layer.stride] * 2, "pads": [layer.padding] * 4}
        nodes.append(node("Conv", [given, f"{made}/W", f"{made}/b"], [f"{made}/sum"], **numbers))
        nodes.append(node("Relu", [f"{made}/sum"], [made]))

    last = "x"
    for name, (layer, *_) in squeezenet.parts():
        if isinstance(layer, squeezenet.Fire):
            conv(layer.squeeze, last, f"{name}/few")
            conv(layer.expand1, f"{name}/few", f"{name}/small")
            conv(layer.expand3, f"{name}/few", f"{name}/large")
            nodes.append(node("Concat", [f"{name}/small", f"{name}/large"], [name], axis=1))
        elif isinstance(layer, Conv2D):
            conv(layer, last, name)
        elif isinstance(layer, MaxPool2D):
            nodes.append(node("MaxPool", [last], [name], kernel_shape=[3, 3], strides=[2, 2]))
        else:
            nodes += [node("GlobalAveragePool", [last], [name]), node("Flatten", [name], ["y"])]
        last = name
    planes = np.ascontiguousarray(prepared.transpose(2, 0, 1)[np.newaxis])
    session = library.session(nodes, planes, arrays)
    return library.name, lambda: session.run(None, {"x": planes})[0]


def slowest(prepared, count=6):
    """Return the steps that take longest, (name, milliseconds): medians of a few runs."""
    runs = []
    for _ in range(9):
        begin, taken = time.perf_counter(), {}
        for name, _ in squeezenet.walk(prepared):
            step, now = name.split("/")[0], time.perf_counter()
            taken[step], begin = taken.get(step, 0) + now - begin, now
        runs.append(taken)
    middle = {name: 1000 * float(np.median([taken[name] for taken in runs])) for name in runs[0]}
    return sorted(middle.items(), key=lambda item: -item[1])[:count]


def seconds(act):
    """Return how long an act takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def memory(channels):
    """Return by how many MB a fresh kernel grows for a photo of 40 megapixels; None where that is not told."""
    command = [sys.executable, "-c", MEMORY, str(channels)]
    done = subprocess.run(command, cwd=Path(__file__).resolve().parents[1], capture_output=True, text=True)
    return None if done.returncode else float(done.stdout)


def main():
    """Print the table."""
    prepared = squeezenet.prepare(images.load("cat"))
    ours = lambda: squeezenet.forward(prepared)["scores"]  # noqa: E731
    print("SqueezeNet, one photo, one thread")
    for make in (of_onnx, of_pytorch):
        try:
            name, theirs = make(prepared)
        except ImportError as missing:
            print(f"  {missing.name} is not installed")
            continue
        assert np.allclose(theirs()[0], ours(), atol=1e-3), name
        mine, other = medians([ours, theirs], 3)
        print(f"  {1000 * mine:.1f} ms, {mine / other:.2f} times {name}'s {1000 * other:.1f} ms   (target 2 times)")
    print("  slowest: " + ", ".join(f"{name} {taken:.1f} ms" for name, taken in slowest(prepared)))
    loops = seconds(lambda: squeezenet.forward(prepared, lesson_05.exercises.conv2d, lesson_06.exercises.max_pool2d))
    print(f"  with the loops that solve the exercises of lessons 05 and 06: {loops:.1f} s")
    whole = seconds(lambda: list(squeezenet.occlusion(prepared, 285)))
    print(f"  a gray square at 15x15 places: {whole:.1f} s   (target 20 s)")
    print(f"  one gradient: {1000 * seconds(lambda: squeezenet.gradient(prepared, 285)):.0f} ms")
    for channels in (3, 4):
        photo = np.full((5000, 8000, channels), 200, np.uint8)
        taken, grown = seconds(lambda photo=photo: squeezenet.prepare(photo)), memory(channels)
        more = "memory is not measured" if grown is None else f"{grown:.0f} MB more with the photo itself"
        print(f"  40 megapixels, {channels} channels: prepared in {taken:.2f} s, {more}   (target 300 MB)")


if __name__ == "__main__":
    main()
