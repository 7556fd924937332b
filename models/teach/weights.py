"""What was taught, as it is kept in the repository: for each weight the way from the original, in 8 bits a channel.

The file: four bytes with the length of a header, the header (JSON: for each tensor its shape), and for each tensor a scale for each of
its first axis (float32, little endian) followed by its numbers (int8). The tensors stand in the order in which the converter writes
frozen floats; single numbers are left out. A taught weight is the original plus number times scale, rounded to 16 bits.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch

from network import Network


def scales_of(delta: np.ndarray) -> np.ndarray:
    """One for each of the first axis, so that the largest number of it becomes 127."""
    most = np.abs(delta.reshape(len(delta), -1)).max(1)
    return (most / 127).astype(np.float32)


def pack(student: Network, teacher: Network, path: Path) -> None:
    """Writes the file."""
    shapes, body = [], []
    ours, theirs = student.weights(), teacher.weights()
    for name in teacher.taught:
        delta = (ours[name] - theirs[name]).detach().numpy()
        scale = scales_of(delta)
        divisor = np.where(scale > 0, scale, 1).reshape(-1, *[1] * (delta.ndim - 1))
        shapes.append(list(delta.shape))
        body += [scale.astype("<f4").tobytes(), np.clip(np.rint(delta / divisor), -127, 127).astype(np.int8).tobytes()]
    header = json.dumps({"shapes": shapes}, separators=(",", ":")).encode()
    path.write_bytes(len(header).to_bytes(4, "little") + header + b"".join(body))


@torch.no_grad()
def unpack(teacher: Network, path: Path, share: float = 1.0) -> None:
    """Adds the file's numbers to the network's weights, or `share` of them. @throws ValueError where it is of another network"""
    data = path.read_bytes()
    length = int.from_bytes(data[:4], "little")
    shapes, at = json.loads(data[4 : 4 + length])["shapes"], 4 + length
    weights = dict(teacher.named_parameters())
    if shapes != [list(weights[name].shape) for name in teacher.taught]:
        raise ValueError(f"{path} was taught to another network")
    for name, shape in zip(teacher.taught, shapes):
        count = int(np.prod(shape))
        scale = np.frombuffer(data, "<f4", shape[0], at)
        numbers = np.frombuffer(data, np.int8, count, at + 4 * shape[0]).reshape(shape)
        at += 4 * shape[0] + count
        delta = numbers * scale.reshape(-1, *[1] * (len(shape) - 1))
        weights[name].add_(torch.from_numpy((share * delta).astype(np.float32)))


def write_onnx(network: Network, original: Path, path: Path) -> None:
    """The original's file with the network's weights, rounded to the 16 bits that they have there."""
    model = onnx.load(str(original))
    weights = network.weights()
    for one in model.graph.initializer:
        if one.name in weights:
            one.raw_data = weights[one.name].detach().numpy().astype(np.float16).tobytes()
    onnx.save(model, str(path))
