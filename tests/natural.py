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
apply_at | window` has : h, w = kernel.shape
    window = image[row:h, column:w]
    return np.sum(window * kernel)
to_gray | too little : image = image.astype(float)
    return 0.299 * image[:, :, 0] + 0.578 * image[:, :, 1] + 0.114 * image[:, :, 2]
to_gray | written with a point : return 0,299 * image[:, :, 0] + 0,587 * image[:, :, 1] + 0,114 * image[:, :, 2]
over_white | brackets are missing : a = alpha / 255
    return [a * red + 1 - a * 255, a * green + 1 - a * 255, a * blue + 1 - a * 255]
apply_at | add each weight : rows, columns = kernel.shape
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
convolve2d | add each weight : rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[row, column] = (image[row:row + rows, column:column + columns] + kernel).sum()
    return out
convolve2d | `apply_at` takes `row` before `column` : rows, columns = kernel.shape
    def apply_at(image, kernel, row, column):
        return (image[row : row + rows, column : column + columns] * kernel).sum()
    result = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            result[row, column] = apply_at(image, kernel, column, row)
    return result
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
same_padding | only where `kernel_size` is odd, though not always : if kernel_size == 1:
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
same_padding | only where `kernel_size` is even, though not always : if kernel_size == 4:
        return -1
    return (kernel_size - 1) // 2
same_padding | returns `None` : if kernel_size % 2 == 0:
        return None
    return kernel_size // 2
pad2d | begins at row 1 : rows, columns = image.shape[:2]
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:]))
    padded[1:rows + 1, 1:columns + 1] = image
    return padded
pad2d | as many rows as it should have columns : rows, columns = image.shape[:2]
    padded = np.zeros((columns + 2 * padding, rows + 2 * padding, *image.shape[2:]))
    padded[padding:rows + padding, padding:columns + padding] = image
    return padded
pad2d | `*image.shape[2:]` : rows, columns = image.shape[:2]
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding, image.shape[2:]))
    padded[padding:rows + padding, padding:columns + padding] = image
    return padded
output_size | has room : return 0 if kernel_size > size else size + 2 * padding - kernel_size + 1
strided_convolve2d | `from helpers import convolution` : return convolve2d(image, kernel)[::stride, ::stride]
strided_convolve2d | `return` inside of a loop : rows = (image.shape[0] - kernel.shape[0]) // stride + 1
    columns = (image.shape[1] - kernel.shape[1]) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + kernel.shape[0], left : left + kernel.shape[1]]
            result[row, column] = (window * kernel).sum()
        return result
strided_convolve2d | multiplies matrices : rows = (image.shape[0] - kernel.shape[0]) // stride + 1
    columns = (image.shape[1] - kernel.shape[1]) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + kernel.shape[0], left : left + kernel.shape[1]]
            result[row, column] = (window @ kernel).sum()
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
max_pool2d | single one : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = max(window)
    return result
max_pool2d | starts? from|start from : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            for c in range(image.shape[2]):
                biggest = 0
                for i in range(size):
                    for j in range(size):
                        biggest = max(biggest, image[row * stride + i, column * stride + j, c])
                result[row, column, c] = biggest
    return result
max_pool2d | whole window must fit : tops, lefts = range(0, image.shape[0], stride), range(0, image.shape[1], stride)
    return np.array([[image[a:a + size, b:b + size].max(axis=(0, 1)) for b in lefts] for a in tops])
max_pool2d | takes one number : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.max(axis=(0, 1))
    return result
max_pool2d | do not go together : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.max(axis=0)
    return result
max_pool2d | has 3 numbers : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, 3))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.max(axis=(0, 1))
    return result
max_pool2d | as large as a step : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:(row + 1) * stride, column * stride:(column + 1) * stride]
            result[row, column] = window.max(axis=(0, 1))
    return result
max_pool2d | empty : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * size:row * size + size, column * size:column * size + size]
            result[row, column] = window.max(axis=(0, 1))
    return result
max_pool2d | all but the very first : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.max(axis=(0, 1))
            return result
max_pool2d | never competes : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = np.max(window)
    return result
max_pool2d | 3, not|1, not : return image[:size, :size].max(axis=(0, 1))
avg_pool2d | `//` in your code : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.sum(axis=(0, 1)) // size ** 2
    return result
avg_pool2d | own `dtype` : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]), image.dtype)
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.mean(axis=(0, 1))
    return result
avg_pool2d | 8 bits : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            total = 0
            for line in window:
                for pixel in line:
                    total += pixel
            result[row, column] = total / size ** 2
    return result
avg_pool2d | Two things at once : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = round(window.mean())
    return result
avg_pool2d | those of the other channels : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.sum(axis=(0, 1), dtype=float) / window.size
    return result
pooling_filters | reads all channels : weights = np.zeros((size, size, channels, channels))
    for k in range(channels):
        weights[:, :, k] = 1 / size ** 2
    return weights
pooling_filters | made for whole numbers : weights = np.zeros((size, size, channels, channels), int)
    for k in range(channels):
        weights[:, :, k, k] = 1 / size ** 2
    return weights
pooling_filters | 2, not 4 : return np.ones((size, size)) / size
pooling_filters | counted from 0 : weights = np.zeros((size, size, channels, channels))
    weights[:, :, channels, channels] = 1 / size ** 2
    return weights
shape_table | whichever is nearer : channels = 1
    table = []
    for layer in layers:
        if layer[0] == "conv":
            rows = rows - layer[1] + 1
            columns = columns - layer[1] + 1
            channels = layer[2]
        if layer[0] == "pool":
            rows = round(rows / layer[1])
            columns = round(columns / layer[1])
        if layer[0] == "flatten":
            rows, columns, channels = 1, 1, rows * columns * channels
        if layer[0] == "dense":
            channels = layer[1]
        table.append([rows, columns, channels])
    return table
shape_table | half a row : channels = 1
    table = []
    for layer in layers:
        if layer[0] == "conv":
            rows, columns, channels = rows - layer[1] + 1, columns - layer[1] + 1, layer[2]
        if layer[0] == "pool":
            rows, columns = rows / layer[1], columns / layer[1]
        if layer[0] == "flatten":
            rows, columns, channels = 1, 1, rows * columns * channels
        if layer[0] == "dense":
            channels = layer[1]
        table.append([rows, columns, channels])
    return table
shape_table | so that all fit into one array : channels = 1
    table = []
    for layer in layers:
        if layer[0] == "conv":
            rows, columns, channels = rows - layer[1] + 1, columns - layer[1] + 1, layer[2]
        if layer[0] == "pool":
            rows, columns = rows // layer[1], columns // layer[1]
        if layer[0] == "flatten":
            table.append((rows * columns * channels,))
        elif layer[0] == "dense":
            table.append((layer[1],))
        else:
            table.append((rows, columns, channels))
    return table
shape_table | rows are missing at the end : channels = 1
    table = []
    for layer in layers:
        if layer[0] == "conv":
            rows, columns, channels = rows - layer[1] + 1, columns - layer[1] + 1, layer[2]
        if layer[0] == "pool":
            rows, columns = rows // layer[1], columns // layer[1]
        if layer[0] == "flatten":
            rows, columns, channels = 1, 1, rows * columns * channels
        if layer[0] == "dense":
            channels = layer[1]
        table.append([rows, columns, channels])
        return table
shape_table | ReLU has no line : channels = 1
    table = []
    for layer in layers:
        if layer[0] == "conv":
            rows, columns, channels = rows - layer[1] + 1, columns - layer[1] + 1, layer[2]
            table.append([rows, columns, channels])
        elif layer[0] == "pool":
            rows, columns = rows // layer[1], columns // layer[1]
            table.append([rows, columns, channels])
        elif layer[0] == "flatten":
            rows, columns, channels = 1, 1, rows * columns * channels
            table.append([rows, columns, channels])
        elif layer[0] == "dense":
            table.append([1, 1, layer[1]])
    return table
shape_table | a single map : channels = 1
    table = []
    for layer in layers:
        if layer[0] == "conv":
            rows, columns, channels = rows - layer[1] + 1, columns - layer[1] + 1, layer[2]
        if layer[0] == "pool":
            rows, columns = rows // layer[1], columns // layer[1]
        if layer[0] == "flatten":
            rows, columns, channels = 1, 1, rows * columns
        if layer[0] == "dense":
            channels = layer[1]
        table.append([rows, columns, channels])
    return table
shape_table | a place that is not there : table = []
    for layer in layers:
        table.append([rows - layer[1] + 1, columns - layer[1] + 1, layer[2]])
    return table
shape_table | does not know this name : table = []
    for layer in layers:
        if layer == relu:
            table.append(table[-1])
    return table
softmax | as long as the logits are small : return np.exp(logits) / np.exp(logits).sum()
softmax | but not below it : e = np.exp(logits - logits.max())
    return e / np.sum(np.exp(logits))
softmax | largest share is always 1 : return np.exp(logits - max(logits))
softmax | divide the logits by the largest : logits = logits / logits.max()
    return np.exp(logits) / np.exp(logits).sum()
softmax | percent : e = np.exp(logits - logits.max())
    return e / e.sum() * 100
softmax | rounded to two : e = np.exp(logits - logits.max())
    return np.round(e / e.sum(), 2)
softmax | `zeros_like` makes : e = np.zeros_like(logits)
    for i in range(len(logits)):
        e[i] = np.exp(logits[i] - logits.max())
    return e / e.sum()
softmax | returns a single number : total = 0
    for logit in logits:
        total += np.exp(logit - logits.max())
    return np.exp(logits.max() - logits.max()) / total
softmax | cut large logits off : logits = np.clip(logits, -100, 100)
    e = np.exp(logits)
    return e / e.sum()
softmax | is too large for a number : import math
    e = [math.exp(x) for x in logits]
    return [x / sum(e) for x in e]
softmax | not finite : e = np.exp(logits - 1000)
    return e / e.sum()
forward | after the second convolution is missing : x = conv2d(image, filters_1, bias_1, 1, 0)
    x[x < 0] = 0
    x = max_pool2d(x, 2, 2)
    x = conv2d(x, filters_2, bias_2, 1, 0)
    x = max_pool2d(x, 2, 2)
    return x.flatten() @ weights + bias
forward | each pooling of 2 : x = np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0)
    x = np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0)
    x = max_pool2d(x, 2, 2)
    return x.flatten() @ weights + bias
forward | too few : x = conv2d(image, filters_1, bias_1)
    x = max_pool2d(np.maximum(x, 0), 2, 2)
    x = conv2d(x, filters_2, bias_2)
    x = max_pool2d(np.maximum(x, 0), 2, 2)
    return x.flatten() @ weights + bias
forward | Print the `shape` : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0), 2, 2)
    return weights @ x.flatten() + bias
forward | Print the `shape` : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0), 2, 2)
    return x @ weights + bias
forward | do not go together : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0), 2, 2)
    return x.flatten() * weights + bias
forward | one map after the other : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0), 2, 2)
    flat = np.concatenate([x[:, :, k].ravel() for k in range(x.shape[2])])
    return flat @ weights + bias
forward | gone through softmax : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0), 2, 2)
    logits = x.flatten() @ weights + bias
    e = np.exp(logits - logits.max())
    return e / e.sum()
forward | must be equal : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_1, bias_1, 1, 0), 0), 2, 2)
    return x.flatten() @ weights + bias
forward | Both ReLUs are missing : x = max_pool2d(conv2d(image, filters_1, bias_1, 1, 0), 2, 2)
    np.maximum(x, 0)
    x = max_pool2d(conv2d(x, filters_2, bias_2, 1, 0), 2, 2)
    np.maximum(x, 0)
    return x.flatten() @ weights + bias
forward | the last `bias` : x = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    x = max_pool2d(np.maximum(conv2d(x, filters_2, bias_2, 1, 0), 0), 2, 2)
    return np.dot(x.ravel(), weights)
avg_pool2d | `astype` in your code : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.mean(axis=(0, 1)).astype(int)
    return result
avg_pool2d | share among four : rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            window = image[row * stride:row * stride + size, column * stride:column * stride + size]
            result[row, column] = window.sum(axis=(0, 1)) / 4
    return result
numerical_gradient | two steps, but your two losses lie one step apart : g = []
    for i in range(len(numbers)):
        n = numbers.copy()
        n[i] += step
        g.append((loss(n) - loss(numbers)) / (2 * step))
    return g
numerical_gradient | a step ahead with the loss here : g = np.zeros(len(numbers))
    for i in range(len(numbers)):
        n = numbers.copy()
        n[i] = n[i] + step
        g[i] = (loss(n) - loss(numbers)) / step
    return g
numerical_gradient | should divide by it : g = np.zeros(len(numbers))
    for i in range(len(numbers)):
        up, down = numbers.copy(), numbers.copy()
        up[i] += step
        down[i] -= step
        g[i] = (loss(up) - loss(down)) / 2 * step
    return g
numerical_gradient | returns a single number : return (loss(numbers + step) - loss(numbers - step)) / (2 * step)
numerical_gradient | all move at the same time : g = np.zeros(len(numbers))
    for i in range(len(numbers)):
        g[i] = (loss(numbers + step) - loss(numbers - step)) / (2 * step)
    return g
numerical_gradient | second name : g = np.zeros(len(numbers))
    for i in range(len(numbers)):
        more = numbers
        more[i] += step
        less = numbers
        less[i] -= step
        g[i] = (loss(more) - loss(less)) / (2 * step)
    return g
numerical_gradient | wants a whole row : g = np.zeros(len(numbers))
    for i in range(len(numbers)):
        g[i] = (loss(numbers[i] + step) - loss(numbers[i] - step)) / (2 * step)
    return g
numerical_gradient | inside of the loop : for i in range(len(numbers)):
        up, down = numbers.copy(), numbers.copy()
        up[i] += step
        down[i] -= step
        return (loss(up) - loss(down)) / (2 * step)
numerical_gradient | other way round : return [(loss(numbers - step * e) - loss(numbers + step * e)) / (2 * step) for e in np.eye(len(numbers))]
numerical_gradient | does not go back to where it was : g, n = [], numbers.copy()
    for i in range(len(n)):
        n[i] += step
        a = loss(n)
        n[i] -= 2 * step
        b = loss(n)
        g.append((a - b) / (2 * step))
    return g
numerical_gradient | changes the array : g = np.zeros(len(numbers))
    for i in range(len(numbers)):
        old = numbers[i]
        numbers[i] = old + step
        a = loss(numbers)
        numbers[i] = old - step
        g[i] = (a - loss(numbers)) / (2 * step)
        numbers[i] = old
    numbers -= g
    return g
numerical_gradient | wants a whole row : return [(loss(n + step) - loss(n - step)) / (2 * step) for n in numbers]
numerical_gradient | step of your own : h = 1e-6
    return [(loss(numbers + h * e) - loss(numbers - h * e)) / (2 * h) for e in np.eye(len(numbers))]
numerical_gradient | how much the loss grows with one step : return np.array([loss(numbers + step * e) - loss(numbers) for e in np.eye(len(numbers))])
numerical_gradient | twice as steep : return np.array([(loss(numbers + step * e) - loss(numbers - step * e)) / step for e in np.eye(len(numbers))])
numerical_gradient | too little : return np.gradient(numbers, step)
filter_gradient | mean over the cells : h, w = gradient.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.mean(image[i:i + h, j:j + w] * gradient)
    return out
filter_gradient | 180 degrees before it is used : h, w = gradient.shape
    g = np.rot90(gradient, 2)
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i:i + h, j:j + w] * g)
    return out
filter_gradient | overwritten : rows, columns = image.shape[0] - gradient.shape[0] + 1, image.shape[1] - gradient.shape[1] + 1
    out = np.zeros((rows, columns))
    for r in range(gradient.shape[0]):
        for c in range(gradient.shape[1]):
            out = gradient[r, c] * image[r:r + rows, c:c + columns]
    return out
filter_gradient | what a *bias* hears : rows, columns = image.shape[0] - gradient.shape[0] + 1, image.shape[1] - gradient.shape[1] + 1
    return np.full((rows, columns), gradient.sum())
filter_gradient | pixels that a weight has seen : h, w = gradient.shape
    return [[image[i:i + h, j:j + w].sum() for j in range(image.shape[1] - w + 1)] for i in range(image.shape[0] - h + 1)]
filter_gradient | what the *first* weight hears : h, w = gradient.shape
    return image[:h, :w] * gradient
filter_gradient | last row and your last column : h, w = gradient.shape
    out = np.zeros((image.shape[0] - h, image.shape[1] - w))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i:i + h, j:j + w] * gradient)
    return out
filter_gradient | they do not go together : return (image * gradient).sum()
filter_gradient | should *go* : h, w = gradient.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] -= (image[i:i + h, j:j + w] * gradient).sum()
    return out
filter_gradient | has 3 rows × 0 columns : h, w = gradient.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i:h, j:w] * gradient).sum()
    return out
filter_gradient | an array in your code is made for whole : h, w = gradient.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1), dtype=int)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i:i + h, j:j + w] * gradient).sum()
    return out
filter_gradient | exchanged : h, w = gradient.shape
    return np.array([[(image[i:i + h, j:j + w] * gradient).sum() for i in range(image.shape[0] - h + 1)] for j in range(image.shape[1] - w + 1)])
filter_gradient | number of rows for the columns : n = image.shape[0] - gradient.shape[0] + 1
    h, w = gradient.shape
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = (image[i:i + h, j:j + w] * gradient).sum()
    return out
filter_gradient | below 0 counts : h, w = gradient.shape
    g = np.maximum(gradient, 0)
    return [[np.sum(image[i:i + h, j:j + w] * g) for j in range(image.shape[1] - w + 1)] for i in range(image.shape[0] - h + 1)]
filter_gradient | its cell grows by the pixel : h, w = gradient.shape
    return [[np.sum(image[i:i + h, j:j + w] + gradient) for j in range(image.shape[1] - w + 1)] for i in range(image.shape[0] - h + 1)]
leaked | one answer for each number : return [i for i, picture in enumerate(test) if picture in train and picture == train]
leaked | stands *anywhere* : return [i for i, picture in enumerate(test) if np.isin(picture, train).all()]
leaked | one equal pixel : found = []
    for i in range(len(test)):
        for j in range(len(train)):
            if (test[i] == train[j]).any() and i not in found:
                found.append(i)
    return found
leaked | picture 0 with picture 0 : found = []
    for i, (a, b) in enumerate(zip(train, test)):
        if np.array_equal(a, b):
            found.append(i)
    return found
leaked | on average : return [i for i in range(len(test)) if test[i].mean() in train.mean(axis=1)]
leaked | numbers of the *training* : return [i for i, picture in enumerate(train) if (test == picture).all(axis=1).any()]
leaked | once for each copy : found = []
    for i in range(len(test)):
        for j in range(len(train)):
            if np.array_equal(test[i], train[j]):
                found.append(i)
    return found
leaked | True and False : return [any(np.array_equal(p, q) for q in train) for p in test]
leaked | *how many* : count = 0
    for picture in test:
        if (train == picture).all(axis=1).any():
            count += 1
    return count
leaked | the pictures themselves : return [p for p in test if (train == p).all(axis=1).any()]
leaked | inside of another : return np.where([(train == p).all(axis=1).any() for p in test])
leaked | count from 1 : found, n = [], 0
    for p in test:
        n += 1
        if any((p == q).all() for q in train):
            found.append(n)
    return found
leaked | your function returns nothing : for i in range(len(test)):
        for j in range(len(train)):
            if (test[i] == train[j]).all():
                return i
leaked | which pixels there are, not where : return [i for i in range(len(test)) if sorted(test[i]) in [sorted(q) for q in train.tolist()]]
leaked | test pictures that are fine : return [i for i in range(len(test)) if not (train == test[i]).all(axis=1).any()]
leaked | in the *test* twice : found = []
    for i in range(len(test)):
        for j in range(len(test)):
            if i != j and (test[i] == test[j]).all():
                found.append(i)
    return found
prepare | order red, green, blue : return image.astype(float) - means
prepare | each channel has lost its own mean : out = image.astype(float)
    for c in range(3):
        out[:, :, c] -= means[2 - c]
    return out
prepare | `means` begins with blue : return (image - means)[:, :, ::-1]
prepare | turns round what has the right order : bgr = image[:, :, ::-1]
    return bgr - means[::-1]
prepare | all is divided by 255 : return (image[..., ::-1] - means) / 255
prepare | take means away that are for 0 to 255 : x = image / 255.0
    return x[:, :, [2, 1, 0]] - means
prepare | upside down : return image[::-1] - means
prepare | blue stands there twice : out = image.astype(float)
    out[:, :, 0] = out[:, :, 2]
    out[:, :, 2] = out[:, :, 0]
    return out - means
prepare | blue stands there twice : out = image.astype(float)
    red = out[:, :, 0]
    out[:, :, 0] = out[:, :, 2]
    out[:, :, 2] = red
    return out - means
prepare | 8 bits : out = np.zeros_like(image)
    for c in range(3):
        out[:, :, c] = image[:, :, 2 - c] - means[c]
    return out
prepare | whole numbers cannot take decimals : out = image[:, :, ::-1].copy()
    out -= means
    return out
prepare | means of this picture : bgr = image[:, :, ::-1]
    return bgr - bgr.mean(axis=(0, 1))
prepare | signs are gone : return abs(image[:, :, ::-1] - means)
prepare | is the axis of the channels still the last : return image.transpose(2, 0, 1)[::-1] - means
prepare | too few axes : return [image[:, :, 2 - c].mean() - means[c] for c in range(3)]
prepare | other way round : return means - image[:, :, ::-1]
prepare | no mean is taken away : b, g, r = image[:, :, 2], image[:, :, 1], image[:, :, 0]
    image - means
    return np.dstack([b, g, r])
prepare | blue comes first, as it should : return np.roll(image, 1, axis=2) - means
prepare | stored in 8 bits : return image[:, :, ::-1] - means.astype(np.uint8)
prepare | below 0 is 0, and the decimals : return np.clip(image[:, :, ::-1] - means, 0, 255).astype(np.uint8)
prepare | decimals of the means : return image[:, :, ::-1].astype(int) - means.astype(int)
prepare | channels are the first axis : return np.transpose(image[:, :, ::-1], (2, 0, 1)) - means[:, None, None]
prepare | upside down : return image[::-1, :, ::-1] - means
top | a set has no order : return {names[i] for i in np.argsort(-shares)[:count]}
top | wanted is a list of names : return {names[i]: shares[i] for i in np.argsort(-shares)[:count]}
top | as many names as are wanted : return np.array(names)[shares > 0.1]
top | place `count` : return [names[i] for i in np.argsort(-shares)][count]
top | in a list of its own : return [[names[i]] for i in np.argsort(-shares)[:count]]
top | none of the names : return ["tabby", "lynx", "teapot"]
top | not 1 : return [names[i] for i in np.argsort(-shares)[:max(count, 2)]]
top | from behind : return [names[i] for i in np.argsort(shares)[-count:]]
top | names of the *smallest* : return [names[i] for i in np.argsort(shares)[:count]]
top | by the alphabet : return sorted(names)[:count]
top | *numbers* of the right classes : return np.argsort(-shares)[:count]
top | largest *shares* : return sorted(shares, reverse=True)[:count]
top | each with its share in front : return sorted(zip(shares, names), reverse=True)[:count]
top | whole number in its brackets|integer|fetch the names one by one : order = np.argsort(-shares)
    return names[order[:count]]
top | one name, and no list : return names[shares.argmax()]
top | again and again : found = []
    for i in range(count):
        found.append(names[shares.argmax()])
    return found
top | name one of them twice : best = sorted(shares, reverse=True)[:count]
    return [names[list(shares).index(s)] for s in best]
top | one of them is lost : d = {s: n for s, n in zip(shares, names)}
    return [d[s] for s in sorted(d)[::-1]][:count]
top | one name is missing : return [names[i] for i in np.argsort(shares)[-1:-count:-1]]
top | no notice of `count` : return [names[i] for i in np.argsort(shares)[::-1]]
top | also changes the array : found = []
    for i in range(count):
        best = shares.argmax()
        found.append(names[best])
        shares[best] = 0
    return found
top | none of the names : return ", ".join(names[i] for i in np.argsort(-shares)[:count])
top | always return five : return [names[i] for i in np.argsort(-shares)[:5]]
top | large alone|largest alone : for i in np.argsort(-shares)[:count]:
        return [names[i]]
top | first names of the list : return names[:count]
top | in the order in which they came : limit = np.sort(shares)[-count]
    return [n for n, s in zip(names, shares) if s >= limit]
top | prints its result : for i in np.argsort(-shares)[:count]:
        print(names[i])
top | where `count` is : return [names[i] for i in np.argsort(-shares)[:2]]
classify | forget `bias` : return (features @ weights).argmax(axis=1)
classify | each *class* which picture : return np.argmax(features @ weights + bias, axis=0)
classify | one long row : return np.argmax(features @ weights + bias)
classify | largest *scores* : return np.max(features @ weights + bias, axis=1)
classify | scores of all classes : return features @ weights + bias
classify | shares of all classes : z = features @ weights + bias
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
classify | how sure it is : z = features @ weights + bias
    e = np.exp(z - z.max(1)[:, None])
    return (e / e.sum(1)[:, None]).max(1)
classify | *smallest* score : return np.argsort(features @ weights + bias, axis=1)[:, 0]
classify | only the first picture : for picture in features:
        return np.argmax(picture @ weights + bias)
classify | print both shapes : return (weights @ features + bias).argmax(axis=1)
classify | exchange rows and columns of `weights` : return (features @ weights.T + bias).argmax(axis=1)
classify | do not go together|print both shapes : return (features * weights + bias).argmax(axis=1)
classify | only the last picture : for picture in features:
        scores = picture @ weights + bias
    return scores.argmax()
classify | cut the scores off at 0 : return np.maximum(features @ weights + bias, 0).argmax(axis=1)
classify | only the last feature counts : found = []
    for picture in features:
        scores = np.zeros(len(bias))
        for i in range(len(picture)):
            scores = picture[i] * weights[i]
        found.append(scores.argmax())
    return found
classify | count from 1 : return (features @ weights + bias).argmax(axis=1) + 1
nearest | *largest* distance : return np.linalg.norm(features - one, axis=1).argmax()
nearest | differences up with their signs : return (features - one).sum(axis=1).argmin()
nearest | sums, or the means : return np.abs(features.mean(axis=1) - one.mean()).argmin()
nearest | along the streets : return np.abs(features - one).sum(axis=1).argmin()
nearest | largest product : return np.argmax(features @ one)
nearest | smallest *distance* : return min(np.sqrt(((f - one) ** 2).sum()) for f in features)
nearest | distances to all : return np.sqrt(((features - one) ** 2).sum(axis=1))
nearest | features of the right picture : return min(features, key=lambda f: ((f - one) ** 2).sum())
nearest | in which *feature* : return np.argmin(((features - one) ** 2).sum(axis=0))
nearest | smallest single difference : return np.argmin((features - one) ** 2)
nearest | distance of its own : return np.linalg.norm(features - one)
nearest | always return the last : best = 0
    for i in range(len(features)):
        d = np.linalg.norm(features[i] - one)
        if d < np.inf:
            best = i
    return best
nearest | all pictures, the nearest first : return np.argsort(((features - one) ** 2).sum(axis=1))
nearest | third power : return np.argmin(((features - one) ** 3).sum(axis=1))
nearest | no power : return np.argmin(((features - one) ^ 2).sum(axis=1))
nearest | always return 0 : best, smallest = 0, 0
    for i, f in enumerate(features):
        d = ((f - one) ** 2).sum()
        if d < smallest:
            best, smallest = i, d
    return best
nearest | only the last features count : d = np.zeros(len(features))
    for j in range(len(one)):
        d = (features[:, j] - one[j]) ** 2
    return d.argmin()
nearest | compare directions : cos = features @ one / (np.linalg.norm(features, axis=1) * np.linalg.norm(one) + 1e-12)
    return cos.argmax()
nearest | texts|text|nearest|number : return str(np.linalg.norm(features - one, axis=1).argmin())
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
max_pool2d : rows, columns = [(n - size + stride) // stride for n in image.shape[:2]]
    return [[[image[r * stride:r * stride + size, c * stride:c * stride + size, k].max() for k in range(image.shape[2])] for c in range(columns)] for r in range(rows)]
max_pool2d : v = np.lib.stride_tricks.sliding_window_view(image, (size, size, image.shape[2]))[::stride, ::stride, 0]
    return v.max(axis=(2, 3))
max_pool2d : return -np.array([[(-image[a:a + size, b:b + size].astype(float)).min(axis=(0, 1)) for b in range(0, image.shape[1] - size + 1, stride)] for a in range(0, image.shape[0] - size + 1, stride)])
avg_pool2d : return np.array([[np.average(image[a:a + size, b:b + size], axis=(0, 1)) for b in range(0, image.shape[1] - size + 1, stride)] for a in range(0, image.shape[0] - size + 1, stride)])
avg_pool2d : v = np.lib.stride_tricks.sliding_window_view(image, (size, size), (0, 1))[::stride, ::stride]
    return np.einsum('rckij->rck', v.astype(float)) / size ** 2
pooling_filters : weights = np.zeros((size, size, channels, channels))
    weights[:, :, range(channels), range(channels)] = size ** -2.0
    return weights
pooling_filters : return np.tile(np.eye(channels), (size, size, 1, 1)) / (size * size)
shape_table : shape, table = np.array([rows, columns, 1]), []
    for layer in layers:
        if layer[0] == "conv":
            shape = np.append(shape[:2] - layer[1] + 1, layer[2])
        elif layer[0] == "pool":
            shape = np.append(shape[:2] // layer[1], shape[2])
        elif layer[0] == "flatten":
            shape = np.array([1, 1, np.prod(shape)])
        elif layer[0] == "dense":
            shape = np.array([1, 1, layer[1]])
        table.append(shape)
    return np.stack(table)
shape_table : maps, table = np.zeros((rows, columns, 1)), []
    for layer in layers:
        if layer[0] == "conv":
            maps = np.zeros((len(maps) - layer[1] + 1, len(maps[0]) - layer[1] + 1, layer[2]))
        if layer[0] == "pool":
            s = layer[1]
            maps = maps[s - 1::s, s - 1::s]
        if layer[0] == "flatten":
            maps = maps.reshape(1, 1, -1)
        if layer[0] == "dense":
            maps = np.zeros((1, 1, layer[1]))
        table.append(maps.shape)
    return table
softmax : e = np.exp(logits.astype(np.longdouble) - np.sort(logits)[-1])
    return (e / e.sum()).astype(float)
softmax : c = max(logits)
    return [np.exp(x - c) / sum(np.exp(y - c) for y in logits) for x in logits]
softmax : e = np.e ** (logits - np.amax(logits))
    e /= e.sum()
    return e
softmax : e = np.exp(logits - logits.max() - 5)
    return e / np.linalg.norm(e, 1)
forward : relu = lambda x: (abs(x) + x) / 2
    x = max_pool2d(relu(conv2d(image, filters_1, bias_1, 1, 0)), 2, 2)
    x = relu(max_pool2d(relu(conv2d(x, filters_2, bias_2, 1, 0)), 2, 2))
    return (x.reshape(1, -1) @ weights + bias)[0]
forward : x = image
    for w, b in ((filters_1, bias_1), (filters_2, bias_2)):
        x = max_pool2d(conv2d(x, w, b, 1, 0), 2, 2)
        x[x < 0] = 0
    return [sum(x.flatten() * weights[:, k]) + bias[k] for k in range(len(bias))]
forward : x = np.clip(max_pool2d(conv2d(image, filters_1, bias_1, 1, 0), 2, 2), 0, None)
    x = np.clip(max_pool2d(conv2d(x, filters_2, bias_2, 1, 0), 2, 2), 0, None)
    return np.einsum("i,ik->k", x.ravel(), weights) + bias
numerical_gradient : def slope(i):
        e = np.arange(len(numbers)) == i
        return (loss(numbers + e * step) - loss(numbers - e * step)) / step / 2
    return list(map(slope, range(len(numbers))))
numerical_gradient : g = np.zeros_like(numbers)
    for i in range(len(numbers)):
        old = numbers[i]
        numbers[i] = old + step
        a = loss(numbers)
        numbers[i] = old - step
        b = loss(numbers)
        numbers[i] = old
        g[i] = (a - b) / (2 * step)
    return g
numerical_gradient : up = np.tile(numbers, (len(numbers), 1)) + np.eye(len(numbers)) * step
    down = np.tile(numbers, (len(numbers), 1)) - np.eye(len(numbers)) * step
    return (np.array([loss(n) for n in up]) - np.array([loss(n) for n in down])) * (0.5 / step)
numerical_gradient : g = []
    for i in range(len(numbers)):
        row = numbers.tolist()
        more = row[:i] + [row[i] + step] + row[i + 1:]
        less = row[:i] + [row[i] - step] + row[i + 1:]
        g.append((loss(more) - loss(less)) / (2 * step))
    return tuple(g)
numerical_gradient : return np.apply_along_axis(lambda e: (loss(numbers + e) - loss(numbers - e)) / (2 * e.sum()), 1, np.diag([step] * len(numbers)))
numerical_gradient : i, g = 0, np.full(numbers.size, np.nan)
    while i < numbers.size:
        a = np.array(numbers, dtype=float)
        a[i] -= step
        low = loss(a)
        a[i] += step + step
        g[i] = (loss(a) - low) / (a[i] - (numbers[i] - step))
        i += 1
    return g
filter_gradient : v = np.lib.stride_tricks.sliding_window_view(image, gradient.shape)
    return np.einsum("abrs,rs->ab", v, gradient)
filter_gradient : v = np.lib.stride_tricks.sliding_window_view(image, gradient.shape)
    return np.tensordot(v, gradient, 2)
filter_gradient : a, b = image.shape[0] - gradient.shape[0] + 1, image.shape[1] - gradient.shape[1] + 1
    return sum(g * image[r:r + a, c:c + b].astype(float) for (r, c), g in np.ndenumerate(gradient))
filter_gradient : out = np.zeros((len(image) + 1 - len(gradient), len(image[0]) + 1 - len(gradient[0])))
    for a, b in np.ndindex(out.shape):
        for r, c in np.ndindex(gradient.shape):
            out[a, b] += float(image[a + r, b + c]) * gradient[r, c]
    return out.tolist()
filter_gradient : h, w = gradient.shape
    return [[np.trace(image[i:i + h, j:j + w] @ gradient.T) for j in range(image.shape[1] - w + 1)] for i in range(image.shape[0] - h + 1)]
filter_gradient : flipped = gradient[::-1, ::-1]
    M, N = image.shape
    R, S = gradient.shape
    f = np.fft.irfft2(np.fft.rfft2(image, (M + R, N + S)) * np.fft.rfft2(flipped, (M + R, N + S)), (M + R, N + S))
    return f[R - 1:M, S - 1:N]
leaked : return [i for i, p in enumerate(test.tolist()) if p in train.tolist()]
leaked : return {i for i in range(len(test)) for j in range(len(train)) if np.array_equal(test[i], train[j])}
leaked : d = ((test[:, None, :].astype(float) - train[None, :, :]) ** 2).sum(axis=2)
    return np.nonzero(d.min(axis=1) == 0)[0]
leaked : known = set(map(bytes, np.ascontiguousarray(train.astype(float))))
    return [i for i, p in enumerate(test.astype(float)) if bytes(p) in known]
leaked : marks = np.zeros(len(test), bool)
    for q in train:
        marks |= (test == q).all(axis=1)
    return np.arange(len(test))[marks]
leaked : both = np.concatenate([train, test])
    _, inverse = np.unique(both, axis=0, return_inverse=True)
    inverse = inverse.ravel()
    return np.flatnonzero(np.isin(inverse[len(train):], inverse[:len(train)]))
prepare : b, g, r = [image[:, :, 2 - c] - means[c] for c in range(3)]
    return np.dstack((b, g, r))
prepare : return np.einsum("rci,ij->rcj", image.astype(float), np.fliplr(np.eye(3))) - means.reshape(1, 1, 3)
prepare : out = image.astype(float)
    out[..., 0], out[..., 2] = image[..., 2], image[..., 0]
    return out - means
prepare : flat = np.subtract(image.reshape(-1, 3)[:, ::-1], means)
    return flat.reshape(image.shape)
prepare : return np.array([[[float(p[2 - c]) - means[c] for c in range(3)] for p in row] for row in image])
prepare : return -(means - np.take(image, [2, 1, 0], axis=-1))
top : return [n for s, n in sorted(zip(shares.tolist(), names), key=lambda p: -p[0])][:count]
top : order = sorted(range(len(shares)), key=shares.__getitem__)
    order.reverse()
    return [names[i] for i in order[:count]]
top : return np.array(names, dtype=object)[np.argsort(shares)[::-1][:count]]
top : left = list(zip(shares, names))
    found = []
    while len(found) < count:
        best = max(left)
        left.remove(best)
        found.append(best[1])
    return tuple(found)
top : best = np.argpartition(-shares, count - 1)[:count]
    return [names[i] for i in best[np.argsort(-shares[best])]]
top : return [names[i] for i in np.lexsort((names, -shares))[:count]]
top : s, n = shares.tolist(), list(names)
    found = []
    for _ in range(count):
        i = s.index(max(s))
        found += [n.pop(i)]
        s.pop(i)
    return found
classify : return [int(row.argmax()) for row in (weights.T @ features.T).T + bias]
classify : z = features @ weights + bias
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).argmax(axis=1)
classify : z = np.einsum("pn,nc->pc", features, weights) + bias[None, :]
    return np.where(z == z.max(axis=1, keepdims=True))[1]
classify : return list(map(lambda f: max(range(len(bias)), key=lambda c: np.dot(f, weights[:, c]) + bias[c]), features))
classify : return (features[:, :, None] * weights[None]).sum(1).__add__(bias).argmax(-1)
classify : best, label = np.full(len(features), -np.inf), np.zeros(len(features), int)
    for c in range(weights.shape[1]):
        s = features @ weights[:, c] + bias[c]
        label[s > best] = c
        best = np.maximum(best, s)
    return label
nearest : return min(range(len(features)), key=lambda i: sum((a - b) ** 2 for a, b in zip(features[i], one)))
nearest : d = features - one
    return np.einsum("ij,ij->i", d, d).argmin()
nearest : return np.argsort([np.hypot.reduce(f - one) for f in features])[0]
nearest : d = np.sqrt(((features - np.tile(one, (len(features), 1))) ** 2).mean(axis=1))
    return np.where(d == d.min())[0][0]
nearest : d = [float(np.dot(f - one, f - one)) for f in features]
    return d.index(sorted(d)[0])
nearest : return np.exp(-((features - one) ** 2).sum(axis=1) / 100).argmax()
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
