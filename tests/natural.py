"""Solutions as students write them: wrong ones that no slip is copied from, and odd ones that are right.

A block is the exercise's name, what its verdict must say (empty for a right one), and the body of the function.
"""

import linecache
import textwrap

import numpy as np

from helpers.exercises.lesson import find

WRONG = """
over_white | which is none|does not end|number|share : a = int(alpha / 255)
    return [a * red + (1 - a) * 255, a * green + (1 - a) * 255, a * blue + (1 - a) * 255]
over_white | blue, green, red : a = alpha / 255
    return [a * red + (1 - a) * 255, a * green + (1 - a) * 255, a * blue + (1 - a) * 255][::-1]
over_white | the last number : a = alpha / 255
    return [a * red + (1 - a) * 255, a * green + (1 - a) * 255, blue]
over_white | as it came|single number : a = alpha / 255
    return a * (red + green + blue) / 3 + (1 - a) * 255
over_white | 0 to 1 : a = alpha / 255
    return [a * red / 255 + 1 - a, a * green / 255 + 1 - a, a * blue / 255 + 1 - a]
over_white | rounded|alpha|share : a = round(alpha / 255, 1)
    return [a * red + (1 - a) * 255, a * green + (1 - a) * 255, a * blue + (1 - a) * 255]
over_white | `==` asks|single `=` : share == alpha / 255
    return [share * red + (1 - share) * 255, share * green + (1 - share) * 255, share * blue + (1 - share) * 255]
over_white | list times a number : share = alpha / 255
    return [red, green, blue] * share + [255, 255, 255] * (1 - share)
to_gray | brackets take places : return image[0.299, 0.587, 0.114]
to_gray | `image[0, 0, 0]` grows : return image[:, :, 1] * 0.299 + image[:, :, 0] * 0.587 + image[:, :, 2] * 0.114
to_gray | takes no notice of `image[0, 2, 2]` : return image[:, :, 0] * 0.299 + image[:, :, 1] * 0.587
to_gray | 0 to 1 : return (image / 255) @ np.array([0.299, 0.587, 0.114])
to_gray | exchanged : return (image @ np.array([0.299, 0.587, 0.114])).T
to_gray | single : total = 0
    for row in image:
        for r, g, b in row:
            total += 0.299 * r + 0.587 * g + 0.114 * b
    return total
to_gray | other shape|another shape : gray = []
    for row in image:
        for pixel in row:
            gray.append(0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2])
    return gray
to_gray | single number : gray = []
    for row in image:
        for pixel in row:
            gray = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
    return gray
to_gray | too large|too much : return 0.3 * image[:, :, 0] + 0.6 * image[:, :, 1] + 0.3 * image[:, :, 2]
crop | two things at once : return image[3:9, 2:5]
crop | first row is missing : return image[3:6, 3:10]
crop | too far : return image[3:7, 4:11]
crop | last row is too many : return image[2:7, 3:10]
crop | columns : return image[2:6, 3:]
crop | int : return image[2:6, 3, 10]
crop | unlike|more indices|2 axes : return image[2:6, 3:10, :]
crop | 0 : result = np.zeros((4, 7))
    result = image[2:6, 3:10] * 0
    return result
crop | upside : return image[2:6, 3:10][::-1]
apply_at | sum of `kernel` : rows, columns = kernel.shape
    return (image[row:row + rows, column:column + columns] + kernel).sum()
apply_at | has 3 rows|place by place : size = kernel.shape[0]
    return (image[row:row + size, column:column + size] * kernel).sum()
apply_at | place by place|goes together|do not go : rows, columns = kernel.shape
    return (image[row:rows, column:columns] * kernel).sum()
apply_at | of the kernel are exchanged : rows, columns = kernel.shape
    total = 0
    for i in range(rows):
        for j in range(columns):
            total += kernel[i, j] * image[row + j, column + i]
    return total
apply_at | 1 too large : total = 1
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total += kernel[i, j] * image[row + i, column + j]
    return total
apply_at | should not depend|reads|not equal|row : total = 0
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total += kernel[i, j] * image[row - i, column - j]
    return total
apply_at | has 2 axes : return (image[row, column, kernel.shape[0]] * kernel).sum()
apply_at | mean : rows, columns = kernel.shape
    return (image[row:row + rows, column:column + columns] * kernel).sum() / (rows * columns)
convolve2d | the last row and the last column : rows, columns = kernel.shape
    result = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for row in range(image.shape[0] - rows):
        for column in range(image.shape[1] - columns):
            result[row, column] = (image[row:row + rows, column:column + columns] * kernel).sum()
    return result
convolve2d | out of bounds|column|there are : rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[column, row] = (image[row:row + rows, column:column + columns] * kernel).sum()
    return out
convolve2d | sum of `kernel` : rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[row, column] = (image[row:row + rows, column:column + columns] + kernel).sum()
    return out
convolve2d | makes decimals : rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows / 2, image.shape[1] - columns / 2))
    return out
convolve2d | 0 everywhere : return np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
convolve2d | several|one number|single : total = 0
    for row in range(kernel.shape[0]):
        for column in range(kernel.shape[1]):
            total += image[row, column] * kernel[row, column]
    return total
convolve2d | wrong sign : rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[row, column] -= (image[row:row + rows, column:column + columns] * kernel).sum()
    return out
convolve2d | does not have|columns : rows = kernel.shape[0]
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - rows + 1))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[row, column] = (image[row:row + rows, column:column + kernel.shape[1]] * kernel).sum()
    return out
normalise | makes whole numbers|cut off|0 : return (kernel / kernel.sum()).astype(int)
normalise | 100 times too large : return kernel / kernel.sum() * 100
normalise | multiplied by|adds up to 1 : return kernel * kernel.sum()
normalise | adds up to less than 0|below 0|sign : return kernel / abs(kernel.sum())
normalise | returns nothing : kernel = kernel / kernel.sum()
normalise | takes no notice : total = 0
    for row in kernel:
        total = row.sum()
    return kernel / total
normalise | by its own : if kernel.sum() < 0:
        raise ValueError("negative")
    return kernel / kernel.sum()
normalise | rounded : return np.round(kernel / kernel.sum(), 1)
output_size | too small by `padding`|count : return size + padding - kernel_size + 1
output_size | wrong sign : return size + 2 * padding - kernel_size - 1
output_size | `padding` grows : return size + padding ** 2 - kernel_size + 1
output_size | too large by : return size + 2 * padding + 1 - kernel_size + padding
output_size | right where : return abs(size + 2 * padding - kernel_size) + 1
output_size | right where : return max(size + 2 * padding - kernel_size + 1, 1)
output_size | not a|makes decimals|several : return range(size + 2 * padding - kernel_size + 1)
output_size | yours are several : return [size + 2 * padding - kernel_size + 1] * 2
same_padding | returns nothing : if kernel_size % 2 == 1:
        return kernel_size // 2
same_padding | but for the sign : return kernel_size // 2 if kernel_size % 2 else 1
same_padding | wrong for 4 of 11|right where : if kernel_size == 1:
        return 0
    if kernel_size == 3:
        return 1
    if kernel_size == 5:
        return 2
    return -1
same_padding | by its own : if kernel_size % 2 == 0:
        raise ValueError("even")
    return kernel_size // 2
same_padding | wrong sign|1 : return -1 if kernel_size % 2 == 0 else -(kernel_size // 2)
pad2d | above and on the left only : result = np.zeros((image.shape[0] + padding, image.shape[1] + padding))
    result[padding:padding + image.shape[0], padding:padding + image.shape[1]] = image
    return result
pad2d | is whole|whole|decimals : rows, columns = image.shape[:2]
    result = np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:]), dtype=int)
    result[padding:padding + rows, padding:padding + columns] = image
    return result
pad2d | gray : rows, columns = image.shape
    result = np.zeros((rows + 2 * padding, columns + 2 * padding))
    result[padding:padding + rows, padding:padding + columns] = image
    return result
pad2d | white : rows, columns = image.shape[:2]
    result = np.ones((rows + 2 * padding, columns + 2 * padding, *image.shape[2:])) * 255
    result[padding:padding + rows, padding:padding + columns] = image
    return result
pad2d | as it came|0 everywhere : return np.zeros((image.shape[0] + 2 * padding, image.shape[1] + 2 * padding, *image.shape[2:]))
pad2d | rows|columns : return np.pad(image, ((padding, padding), (padding, 0), (0, 0))[:image.ndim])
strided_convolve2d | makes decimals : rows = (image.shape[0] - kernel.shape[0]) / stride + 1
    columns = (image.shape[1] - kernel.shape[1]) / stride + 1
    result = np.zeros((rows, columns))
    return result
strided_convolve2d | takes|reads|first : rows = (image.shape[0] - kernel.shape[0]) // stride + 1
    columns = (image.shape[1] - kernel.shape[1]) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row + stride:row + stride + kernel.shape[0], column:column + kernel.shape[1]]
            result[row, column] = (window * kernel).sum()
    return result
strided_convolve2d | column|row : rows = (image.shape[0] - kernel.shape[0]) // stride + 1
    columns = (image.shape[1] - kernel.shape[1]) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + kernel.shape[0], column * stride:column * stride + kernel.shape[1]]
            result[column, row] = (window * kernel).sum()
    return result
strided_convolve2d | exchanged|transposed : h, w = kernel.shape
    return np.array([[(image[i:i + h, j:j + w] * kernel).sum() for i in range(0, image.shape[0] - h + 1, stride)] for j in range(0, image.shape[1] - w + 1, stride)])
strided_convolve2d | columns : h, w = kernel.shape
    return [[(image[i:i + h, j:j + w] * kernel).sum() for j in range(0, image.shape[1] - w, stride)] for i in range(0, image.shape[0] - h + 1, stride)]
count_parameters | too large by `filters` : return kernel_size ** 2 * channels * filters + 2 * filters
count_parameters | kernel_size : return (kernel_size + channels) * filters
count_parameters | list|text|number : return [kernel_size * kernel_size * channels * filters, filters]
conv2d | once for each channel : rows = (image.shape[0] + 2 * padding - weights.shape[0]) // stride + 1
    columns = (image.shape[1] + 2 * padding - weights.shape[1]) // stride + 1
    image = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    result = np.zeros((rows, columns, weights.shape[3]))
    for r in range(rows):
        for c in range(columns):
            for k in range(weights.shape[3]):
                total = 0
                for ch in range(image.shape[2]):
                    window = image[r*stride:r*stride+weights.shape[0], c*stride:c*stride+weights.shape[1], ch]
                    total += (window * weights[:, :, ch, k]).sum() + bias[k]
                result[r, c, k] = total
    return result
conv2d | do not go together : image = np.pad(image, padding)
    high, wide, channels, filters = weights.shape
    rows = (image.shape[0] - high) // stride + 1
    columns = (image.shape[1] - wide) // stride + 1
    result = np.zeros((rows, columns, filters))
    for r in range(rows):
        for c in range(columns):
            for k in range(filters):
                window = image[r*stride:r*stride+high, c*stride:c*stride+wide]
                result[r, c, k] = (window * weights[:, :, :, k]).sum() + bias[k]
    return result
conv2d | too few axes : image = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    high, wide, channels, filters = weights.shape
    rows = (image.shape[0] - high) // stride + 1
    columns = (image.shape[1] - wide) // stride + 1
    result = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            window = image[r*stride:r*stride+high, c*stride:c*stride+wide]
            result[r, c] = (window * weights[:, :, :, 0]).sum() + bias[0]
    return result
conv2d | do not go together : image = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    high, wide, channels, filters = weights.shape
    rows = (image.shape[0] - high) // stride + 1
    columns = (image.shape[1] - wide) // stride + 1
    result = np.zeros((rows, columns, filters))
    for k in range(filters):
        for r in range(rows):
            for c in range(columns):
                window = image[r*stride:r*stride+high, c*stride:c*stride+wide]
                result[r, c, k] = (window * weights[k]).sum() + bias[k]
    return result
"""

RIGHT = """
over_white : return np.array([red, green, blue]) * (alpha / 255) + 255 - float(alpha)
over_white : return tuple(255 - (255.0 - c) * (alpha / 255) for c in (red, green, blue))
over_white : return [round(255 - (255 - float(c)) * float(alpha) / 255) for c in (red, green, blue)]
over_white : return [int(c * (alpha / 255) + 255 * (1 - alpha / 255)) for c in (red, green, blue)]
to_gray : return np.dot(image[..., :3], [0.299, 0.587, 0.114])
to_gray : return np.einsum("ijk,k->ij", image, [0.299, 0.587, 0.114])
to_gray : return (image * [0.299, 0.587, 0.114]).sum(axis=2).astype(int)
to_gray : return [[0.299 * r + 0.587 * g + 0.114 * b for r, g, b in row] for row in image.tolist()]
crop : return np.delete(image, [0, 1], axis=0)[:4][:, 3:][:, :7]
crop : return image[2:6].swapaxes(0, 1)[3:10].swapaxes(0, 1)
crop : return np.array([row[3:10] for row in image[2:6]])
crop : return image[np.ix_(range(2, 6), range(3, 10))]
apply_at : return np.sum(image[row:row + kernel.shape[0], column:column + kernel.shape[1]].astype(float) * kernel)
apply_at : return sum(w * float(image[row + i, column + j]) for (i, j), w in np.ndenumerate(kernel))
apply_at : return np.einsum("ij,ij", image[row:row + len(kernel), column:column + len(kernel[0])].astype(float), kernel)
apply_at : return [[np.vdot(image[row:row + len(kernel), column:column + len(kernel[0])].astype(float), kernel)]][0][0]
convolve2d : h, w = kernel.shape
    return [[np.sum(image[i:i + h, j:j + w] * kernel) for j in range(image.shape[1] - w + 1)] for i in range(image.shape[0] - h + 1)]
convolve2d : v = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(v, kernel, axes=2)
convolve2d : h, w = kernel.shape
    out = np.empty((len(image) - h + 1, len(image[0]) - w + 1))
    for place in np.ndindex(*out.shape):
        out[place] = np.vdot(kernel, image[place[0]:place[0] + h, place[1]:place[1] + w].astype(float))
    return out
normalise : return np.divide(kernel, np.sum(kernel))
normalise : return kernel.astype(np.float32) / np.float32(kernel.sum())
normalise : s = sum(sum(row) for row in kernel)
    return [[w / s for w in row] for row in kernel]
output_size : return len(range(size + padding * 2)[kernel_size - 1:])
output_size : return 1 - kernel_size + padding + size + padding
output_size : return np.int64(size) - (kernel_size - 1) + 2 * padding
output_size : return float(size + 2 * padding - kernel_size + 1)
same_padding : return {1: (kernel_size - 1) // 2}.get(kernel_size % 2, -1)
same_padding : return kernel_size // 2 if kernel_size & 1 else -1
same_padding : return next((p for p in range(kernel_size) if 2 * p + 1 == kernel_size), -1)
pad2d : width = [(padding, padding)] * 2 + [(0, 0)] * (image.ndim - 2)
    return np.pad(image, width, mode="constant")
pad2d : p, (r, c) = padding, image.shape[:2]
    out = np.full((r + p + p, c + p + p, *image.shape[2:]), 0.0)
    for i in range(r):
        out[i + p, p:p + c] = image[i]
    return out.tolist()
pad2d : out = np.zeros((image.shape[0] + 2 * padding, image.shape[1] + 2 * padding) + image.shape[2:])
    out[padding:out.shape[0] - padding, padding:out.shape[1] - padding] = image
    return out
strided_convolve2d : v = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return np.einsum("rcij,ij->rc", v, kernel)
strided_convolve2d : h, w = kernel.shape
    return np.array([[(image[i:i + h, j:j + w] * kernel).sum() for j in range(0, image.shape[1] - w + 1, stride)] for i in range(0, image.shape[0] - h + 1, stride)])
count_parameters : total = 0
    for filter in range(filters):
        for channel in range(channels):
            for row in range(kernel_size):
                total = total + kernel_size
        total = total + 1
    return total
conv2d : image = np.pad(image, ((padding,) * 2, (padding,) * 2, (0, 0)))
    a, b, c, k = weights.shape
    rows = (image.shape[0] - a + stride) // stride
    columns = (image.shape[1] - b + stride) // stride
    flat = weights.reshape(a * b * c, k)
    result = np.empty((rows, columns, k))
    for i in range(rows):
        for j in range(columns):
            result[i, j] = image[i * stride:i * stride + a, j * stride:j * stride + b].reshape(-1) @ flat + bias
    return result
"""


def blocks(text):
    """Return the blocks of a text: the exercise, the words that must be said, the function."""
    found = []
    for line in text.strip().splitlines():
        if line.startswith(" "):
            found[-1][-1] += f"\n{line}"
        else:
            head, body = line.split(" : ", 1)
            name, _, words = head.partition(" | ")
            found.append([name.strip(), words.strip(), f"    {body}"])
    return [(name, words, written(name, body)) for name, words, body in found]


def written(name, body):
    """Return the function with a body; its source can be asked for, as in a notebook."""
    exercise = find("exercises", name)[1]
    text = f"def {name}({', '.join(exercise.parameters)}):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
    file, names = f"<natural {name} {len(linecache.cache)}>", {"np": np}
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), names)
    return names[name]
