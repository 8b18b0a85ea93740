"""The operations a recipe can name: floor 1's own functions, and how each is written in PyTorch.

The rest of an operation - its mirror in the browser, which cells one output cell reads, and its sentence - stands
under the same name in stage/web.

In PyTorch code a picture is `(channel, row, column)`, as everywhere in PyTorch; a kernel stays `(row, column)`.
A PyTorch expression is a text in which `{argument}` stands for an argument, `{argument:mode}` for the same looked up
in `WORDS["mode"]`, and `{argument:numpy}` for a picture as NumPy has it. What PyTorch has no function for is handed to
NumPy and back.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from helpers import (
    backward,
    color,
    convolution,
    descent,
    drawings,
    kernels,
    neurons,
    patterns,
    pooling,
    positions,
    sizes,
    sketches,
    surgery,
    values,
)

# Which arguments are pictures: what an outcome is made from, cell by cell. Weights and plain numbers are not.
PICTURES = ("image", "images", "rgba", "rgb", "hsv", "cmyk", "first", "second", "background", "gradient", "wanted")
KERNELS = ("start", "kernel", "kernels")
VECTORS = ("numbers", "logits")
WORDS = {"mode": {"zero": "constant", "edge": "replicate", "reflect": "reflect", "wrap": "circular"}}


@dataclass(frozen=True)
class Operation:
    """One operation of floor 1.

    Attributes
    ----------
    function : callable
        The NumPy function; its parameters' names are the operation's.
    torch : str or callable
        The same in PyTorch, as an expression; or a function of the given arguments that returns it.
    through_numpy : bool
        Whether that expression calls the NumPy function.
    """

    function: Callable
    torch: str | Callable
    through_numpy: bool = False

    @property
    def name(self):
        """Return the name under which recipes know the operation."""
        return self.function.__name__

    @property
    def module(self):
        """Return the floor-1 module that holds the function."""
        return self.function.__module__.rpartition(".")[2]

    @property
    def pictures(self):
        """Return the names of the parameters that are pictures, or numbers laid out flat."""
        return [name for name in self.parameters if name in PICTURES + VECTORS]

    @property
    def parameters(self):
        """Return the names of the parameters, in order."""
        return list(inspect.signature(self.function).parameters)

    def in_torch(self, given):
        """Return the PyTorch expression for a call with these arguments."""
        return self.torch if isinstance(self.torch, str) else self.torch(given)


def by_numpy(function, back="{call}.movedim(-1, 0)"):
    """Return the operation that hands a picture to NumPy and back."""

    def expression(given):
        first, *others = given
        named = "".join(f", {name}={{{name}:numpy}}" for name in others)
        call = f"{function.__module__.rpartition('.')[2]}.{function.__name__}({{{first}:numpy}}{named})"
        return back.replace("{call}", f"torch.from_numpy({call})")

    return Operation(function, expression, through_numpy=True)


def made_by_numpy(function, axes=""):
    """Return the operation that makes an array from plain numbers: NumPy makes it, PyTorch takes it over."""

    def expression(given):
        named = ", ".join(f"{name}={{{name}}}" for name in given)
        return f"torch.from_numpy({function.__module__.rpartition('.')[2]}.{function.__name__}({named})){axes}"

    return Operation(function, expression, through_numpy=True)


def tensor(given, name):
    """Return an array of numbers as a tensor, even where it is written out."""
    return f"{{{name}}}" if isinstance(given[name], str) else f"torch.tensor({{{name}}}).float()"


def pixel_in_torch(given):
    """Return a picture of one pixel."""
    alpha = "{alpha}" if "alpha" in given else "255"
    return f"torch.tensor([{{red}}, {{green}}, {{blue}}, {alpha}]).float()[:, None, None]"


def gray_in_torch(given):
    """Return the weighted sum; a gray picture stays as it is."""
    weights = "{weights}" if "weights" in given else list(color.REC601)
    return (
        f"{{image}} if len({{image}}) == 1 else torch.tensordot(torch.as_tensor({weights}).float(), {{image}}, 1)[None]"
    )


def clip_in_torch(given):
    """Return `clamp` with the limits that are given, and those of `clip` for the rest."""
    return f"{{image}}.clamp({'{low}' if 'low' in given else 0}, {'{high}' if 'high' in given else 255})"


def changed_in_torch(given):
    """Return a comparison as 0 and 1."""
    return f"(({{first}} - {{second}}).abs() > {'{more_than}' if 'more_than' in given else 0}).float()"


def pad_in_torch(given):
    """Return `F.pad` with the mode, if one is given."""
    return "F.pad({image}, [{padding}] * 4" + (", mode={mode:mode})" if "mode" in given else ")")


def convolve_in_torch(given):
    """Return `F.conv2d` with each channel as a picture of its own."""
    ring = pad_in_torch(given) if "padding" in given else "{image}"
    kernel = tensor(given, "kernel")
    kernel = f"({kernel}.flip(0, 1) if {{flip}} else {kernel})" if "flip" in given else kernel
    steps = "".join(f", {name}={{{name}}}" for name in ("stride", "dilation") if name in given)
    return f"F.conv2d({ring}[:, None], {kernel}[None, None]{steps})[:, 0]"


def repeat_in_torch(given):
    """Return the call that hands a picture and a kernel to NumPy; the kernel has no channels there either."""
    named = "".join(f", {name}={{{name}}}" for name in given if name not in ("image", "kernel"))
    call = f"convolution.repeat2d({{image:numpy}}, {tensor(given, 'kernel')}.numpy(){named})"
    return f"torch.from_numpy({call}).movedim(-1, 0)"


def pool_in_torch(name):
    """Return `F.max_pool2d` or `F.avg_pool2d` of one picture."""

    def expression(given):
        steps = "".join(f", {step}={{{step}}}" for step in ("stride", "padding") if step in given)
        return f"F.{name}({{images}}, {{kernel_size}}{steps})"

    return expression


def conv_in_torch(given):
    """Return `F.conv2d` with the weights in PyTorch's order."""
    bias = ", bias=torch.as_tensor({bias}).float()" if given.get("bias") is not None else ""
    steps = "".join(f", {step}={{{step}}}" for step in ("stride", "padding", "dilation") if step in given)
    return f"F.conv2d({{images}}[None], {tensor(given, 'weights')}.permute(3, 2, 0, 1){bias}{steps})[0]"


def apart_in_torch(given):
    """Return `F.conv2d` with each channel in a group of its own."""
    weights = tensor(given, "weights")
    return f"F.conv2d({{images}}[None], {weights}.permute(2, 3, 0, 1), groups=len({{images}}))[0]"


def some_in_torch(given):
    """Return the slices; weights keep the course's order until they are used."""
    return f"{tensor(given, 'weights')}[:{{kernel_size}}, :{{kernel_size}}, :{{channels}}, :{{filters}}]"


def operated(function):
    """Return the operation on weights that NumPy does; they keep the course's order until they are used."""

    def expression(given):
        others = "".join(f", {name}={{{name}}}" for name in given if name != "weights")
        call = f"surgery.{function.__name__}({tensor(given, 'weights')}.numpy(){others})"
        return f"torch.from_numpy({call})"

    return Operation(function, expression, through_numpy=True)


def in_numpy(function):
    """Return the operation on pictures without channels that NumPy does; kernels are taken over as they are."""

    def expression(given):
        written = {name: f"{{{name}:numpy}}[..., 0]" if name in PICTURES else f"{{{name}}}" for name in given}
        written |= {name: f"{tensor(given, name)}.numpy()" for name in KERNELS if name in given}
        arguments = ", ".join(f"{name}={value}" for name, value in written.items())
        return f"torch.from_numpy({function.__module__.rpartition('.')[2]}.{function.__name__}({arguments}))"

    return Operation(function, expression, through_numpy=True)


def scale_in_torch(given):
    """Return the product and the sum, one number a channel."""
    scale, shift = (f"{tensor(given, name)}[:, None, None]" for name in ("scale", "shift"))
    return f"{{images}} * {scale} + {shift}"


def dense_in_torch(given):
    """Return a product of vector and matrix, and the bias."""
    bias = " + torch.as_tensor({bias}).float()" if given.get("bias") is not None else ""
    return f"{tensor(given, 'numbers')} @ {tensor(given, 'weights')}{bias}"


def softmax_in_torch(given):
    """Return `torch.softmax`, with the temperature if one is given."""
    return "torch.softmax({logits}" + (" / {temperature}" if "temperature" in given else "") + ", 0)"


OPERATIONS = {
    operation.name: operation
    for operation in [
        # channels and colors
        Operation(color.pixel, pixel_in_torch),
        by_numpy(color.to_rgba),
        Operation(color.pick, "{image}[{channel}][None]"),
        Operation(color.keep, "torch.where(torch.tensor({channels}).bool()[:, None, None], {image}, 0)"),
        by_numpy(color.swap),
        by_numpy(color.move),
        by_numpy(color.composite),
        Operation(color.drop_alpha, "{image}[:3]"),
        Operation(color.to_gray, gray_in_torch),
        by_numpy(color.rgb_to_hsv),
        by_numpy(color.hsv_to_rgb),
        by_numpy(color.rgb_to_cmyk),
        by_numpy(color.cmyk_to_rgb),
        # values
        Operation(values.add, "{image} + {amount}"),
        Operation(values.clip, clip_in_torch),
        Operation(values.rescale, "(255 * ({image} - {low}) / ({high} - {low})).clamp(0, 255)"),
        Operation(values.wrap, "{image}.trunc() % 256"),
        Operation(values.difference, "{first} - {second}"),
        Operation(values.plus, "{first} + {second}"),
        Operation(values.changed, changed_in_torch),
        # positions
        by_numpy(positions.shift),
        Operation(positions.take_every, "{image}[:, ::{step}, ::{step}]"),
        by_numpy(positions.mosaic),
        by_numpy(positions.around),
        by_numpy(positions.coverage, "{call}[None]"),
        by_numpy(positions.starts, "{call}[None]"),
        Operation(positions.at_windows, "{values}"),
        Operation(positions.corner, "{image}[:{channels}, :{size}, :{size}]"),
        # drawings
        by_numpy(drawings.scale_into),
        by_numpy(drawings.center_by_mass),
        by_numpy(drawings.thicken),
        by_numpy(drawings.middle_square),
        # patterns and kernels
        made_by_numpy(patterns.ruler, "[None]"),
        made_by_numpy(patterns.stripes, "[None]"),
        made_by_numpy(kernels.box),
        made_by_numpy(kernels.identity),
        Operation(kernels.some_filters, some_in_torch),
        made_by_numpy(sizes.layer_costs),
        # sketches of networks
        made_by_numpy(sketches.layer_outputs),
        made_by_numpy(sketches.layer_parameters),
        made_by_numpy(sketches.layer_multiplications),
        # surgery
        operated(surgery.silence),
        operated(surgery.exchange),
        operated(surgery.paste),
        operated(surgery.quantize),
        # learning
        in_numpy(descent.descend),
        in_numpy(descent.kernel_losses),
        in_numpy(descent.landscape),
        in_numpy(descent.trail),
        Operation(descent.mean_square, "(({first} - {second}) ** 2).mean()[None]"),
        Operation(descent.stepped, "{first} - {learning_rate} * {gradient}"),
        Operation(descent.take, "{stack}[{which}]"),
        by_numpy(backward.kernel_gradient),
        Operation(backward.relu_gradient, "torch.where({images} > 0, {gradient}, 0)"),
        by_numpy(backward.max_pool_gradient),
        # windows
        Operation(convolution.pad2d, pad_in_torch),
        Operation(convolution.convolve2d, convolve_in_torch),
        Operation(convolution.repeat2d, repeat_in_torch, through_numpy=True),
        Operation(convolution.conv2d, conv_in_torch),
        Operation(convolution.depthwise2d, apart_in_torch),
        Operation(pooling.max_pool2d, pool_in_torch("max_pool2d")),
        Operation(pooling.avg_pool2d, pool_in_torch("avg_pool2d")),
        # between the windows
        Operation(neurons.relu, "torch.relu({images})"),
        Operation(neurons.scale_and_shift, scale_in_torch),
        Operation(neurons.flatten, "{images}.movedim(0, -1).flatten()"),
        Operation(neurons.dense, dense_in_torch),
        Operation(neurons.softmax, softmax_in_torch),
        Operation(neurons.naive_softmax, "{logits}.exp() / {logits}.exp().sum()"),
    ]
}
