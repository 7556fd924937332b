"""What was taught, as it is kept in the repository: how each weight comes from the original, in 8 bits or as a gain for each channel.

The file: four bytes with the length of a header (little endian), the header (JSON: for each tensor its shape and `how`), and for each
tensor a number for each of its first axis (float32, little endian). Where `how` is `gains`, a taught weight is the original times that
number. Where it is `steps`, an int8 for each weight follows, and a taught weight is the original plus int8 times number. The tensors
stand in the order in which the converter writes frozen floats; single numbers are left out. What comes out is rounded to 16 bits.
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
    tensors, body = [], []
    ours, theirs = student.weights(), teacher.weights()
    for name in teacher.taught:
        shape = list(theirs[name].shape)
        if name in student.gains:
            tensors.append({"shape": shape, "how": "gains"})
            body.append(student.gains[name].detach().numpy().astype("<f4").tobytes())
            continue
        delta = (ours[name] - theirs[name]).detach().numpy()
        scale = scales_of(delta)
        divisor = np.where(scale > 0, scale, 1).reshape(-1, *[1] * (delta.ndim - 1))
        tensors.append({"shape": shape, "how": "steps"})
        body += [scale.astype("<f4").tobytes(), np.clip(np.rint(delta / divisor), -127, 127).astype(np.int8).tobytes()]
    header = json.dumps({"tensors": tensors}, separators=(",", ":")).encode()
    path.write_bytes(len(header).to_bytes(4, "little") + header + b"".join(body))


@torch.no_grad()
def unpack(network: Network, path: Path) -> None:
    """Makes the original the network that was taught. @throws ValueError where the file is of another network"""
    data = path.read_bytes()
    length = int.from_bytes(data[:4], "little")
    tensors, at = json.loads(data[4 : 4 + length])["tensors"], 4 + length
    weights = dict(network.named_parameters())
    if [one["shape"] for one in tensors] != [list(weights[name].shape) for name in network.taught]:
        raise ValueError(f"{path} was taught to another network")
    for name, one in zip(network.taught, tensors):
        shape, count = one["shape"], int(np.prod(one["shape"]))
        channel = np.frombuffer(data, "<f4", shape[0], at).reshape(-1, *[1] * (len(shape) - 1))
        at += 4 * shape[0]
        if one["how"] == "gains":
            weights[name].mul_(torch.from_numpy(channel.copy()))
            continue
        weights[name].add_(torch.from_numpy(np.frombuffer(data, np.int8, count, at).reshape(shape) * channel))
        at += count


def write_onnx(network: Network, original: Path, path: Path) -> None:
    """The original's file with the network's weights, rounded to the 16 bits that they have there."""
    model = onnx.load(str(original))
    weights = network.weights()
    for one in model.graph.initializer:
        if one.name in weights:
            one.raw_data = weights[one.name].detach().numpy().astype(np.float16).tobytes()
    onnx.save(model, str(path))
