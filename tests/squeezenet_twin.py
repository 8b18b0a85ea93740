"""SqueezeNet a second time, by other people's code: Pillow prepares, PyTorch computes. Only the weights are the same.

`python3 tests/squeezenet_twin.py`, with PyTorch installed and the course's folder in PYTHONPATH, makes anew what the
tests compare with where PyTorch is not installed.
"""

from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
ANSWERS = ROOT / "tests" / "arrays" / "squeezenet_answers.npz"
PICTURES = sorted((ROOT / "images").glob("*.png"))
MEANS = np.array([104.006, 116.669, 122.679])


def prepared(path):
    """Return what the network reads of a picture file."""
    image = Image.open(path)
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    pixels = np.asarray(image.crop((left, top, left + side, top + side)).convert("RGBA")).astype(np.float64)
    alpha = pixels[..., 3:] / 255
    colors = (alpha * pixels[..., :3] + (1 - alpha) * 255).astype(np.float32)
    planes = [Image.fromarray(colors[..., c]).resize((227, 227), Image.Resampling.BILINEAR) for c in (2, 1, 0)]
    return (np.stack([np.asarray(plane) for plane in planes], axis=-1) - MEANS).astype(np.float32)


def scores(given):
    """Return the scores of pictures, a tensor (L, 3, 227, 227), with all that PyTorch needs for gradients."""
    import torch
    from torch.nn.functional import conv2d, max_pool2d

    file = np.load(ROOT / "data" / "squeezenet11.npz")
    learned = {name: torch.tensor(file[name].astype(np.float32)).to(given.dtype) for name in file.files}

    def convolved(maps, name, **how):
        return conv2d(maps, learned[f"{name}/W"].permute(3, 2, 0, 1), learned[f"{name}/b"], **how).relu()

    maps = max_pool2d(convolved(given, "conv1", stride=2), 3, 2)
    for number in range(2, 10):
        squeezed = convolved(maps, f"fire{number}/squeeze1x1")
        small = convolved(squeezed, f"fire{number}/expand1x1")
        maps = torch.cat([small, convolved(squeezed, f"fire{number}/expand3x3", padding=1)], dim=1)
        if number in (3, 5):
            maps = max_pool2d(maps, 3, 2)
    return convolved(maps, "conv10").mean(dim=(2, 3))


def as_tensor(images):
    """Return prepared pictures, (L, 227, 227, 3), as PyTorch wants them."""
    import torch

    return torch.tensor(np.moveaxis(images, -1, 1).copy())


def main():
    """Write the scores of all pictures of the course."""
    found = scores(as_tensor(np.stack([prepared(path) for path in PICTURES]))).numpy()
    np.savez_compressed(ANSWERS, names=np.array([path.stem for path in PICTURES]), scores=found)
    print(f"{ANSWERS.name}: {found.shape[0]} pictures, {ANSWERS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
