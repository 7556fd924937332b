"""NanoDet in PyTorch, read out of its ONNX file node by node, so that what was taught goes back into the very same graph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor, nn

OUTPUTS = ("scores8", "boxes8", "scores16", "boxes16", "scores32", "boxes32")
STRIDES = (8, 16, 32)
MEAN = (103.53, 116.28, 123.675)
DEVIATION = (57.375, 57.12, 58.395)


class Network(nn.Module):
    """The graph of an ONNX file of our converter. Takes squares of any size that 32 divides; scores come out before the sigmoid."""

    def __init__(self, path: Path) -> None:
        """@throws ValueError on an operation that is not known"""
        super().__init__()
        graph = onnx.load(str(path)).graph
        self.taught: list[str] = []
        """The names of the frozen tensors of floats, in the order in which the converter writes them."""
        self.fixed: dict[str, np.ndarray] = {}
        for one in graph.initializer:
            value = numpy_helper.to_array(one)
            if one.data_type == onnx.TensorProto.INT64:
                self.fixed[one.name] = value
            elif value.ndim == 0:
                self.fixed[one.name] = value
            else:
                self.taught.append(one.name)
                self.register_parameter(one.name, nn.Parameter(torch.from_numpy(value.astype(np.float32))))
        self.nodes = [(n.op_type, list(n.input), list(n.output), {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]
        self.widened = {outputs[0]: inputs[0] for op, inputs, outputs, _ in self.nodes if op == "Cast"}
        side = graph.input[0].type.tensor_type.shape.dim[2].dim_value
        self.scale_of = {name: value / side for name, value in self.fixed.items() if name in {n[1][3] for n in self.nodes if n[0] == "Resize"}}
        self.gains = nn.ParameterDict()
        known = {"Cast", "Conv", "Add", "LeakyRelu", "Pad", "MaxPool", "Concat", "Split", "Resize", "Sigmoid", "Reshape", "Transpose", "Identity", "Shape", "Div"}
        unknown = {n[0] for n in self.nodes} - known
        if unknown:
            raise ValueError(f"{path}: no way to run {', '.join(sorted(unknown))}")

    def narrow(self) -> None:
        """Leaves to be taught: the first and the last kernels, all biases, and one gain for each channel of the kernels between."""
        kernels = [self.widened.get(inputs[1], inputs[1]) for op, inputs, _, _ in self.nodes if op == "Conv"]
        ends = {kernels[0], *(name for name in kernels if dict(self.named_parameters())[name].shape[0] == 124)}
        for name in kernels:
            if name not in ends:
                kernel = self.get_parameter(name).requires_grad_(False)
                self.gains[name] = nn.Parameter(torch.ones(len(kernel), 1, 1, 1))

    def heads(self) -> list[str]:
        """The names of the biases in front of each level's scores and boxes; their first number is the person's."""
        split = [inputs[0] for op, inputs, _, _ in self.nodes if op == "Split"]
        biases = [inputs[1] for op, inputs, outputs, _ in self.nodes if op == "Add" and outputs[0] in split]
        return [self.widened.get(name, name) for name in biases]

    def weights(self) -> dict[str, Tensor]:
        """Each frozen tensor by its name, with what was taught."""
        return {name: self.get_parameter(name) * self.gains[name] if name in self.gains else self.get_parameter(name) for name in self.taught}

    def forward(self, picture: Tensor) -> dict[str, Tensor]:
        """By the output's name: batch, cells, numbers."""
        values: dict[str, Tensor] = {"picture": picture}
        values.update(self.weights())
        sizes: dict[str, list[int]] = {}
        for op, inputs, outputs, how in self.nodes:
            if inputs[0] in self.fixed:
                continue
            if op == "Shape":
                sizes[outputs[0]] = list(values[inputs[0]].shape[how["start"] : how["end"]])
                continue
            if op == "Div":
                sizes[outputs[0]] = [a // int(b) for a, b in zip(sizes[inputs[0]], self.fixed[inputs[1]])]
                continue
            x = values[inputs[0]]
            if op == "Conv":
                same = how.get("auto_pad") == b"SAME_UPPER"
                kernel, stride = values[inputs[1]], how["strides"][0]
                bias = values[inputs[2]] if len(inputs) > 2 else None
                padding = (kernel.shape[2] - 1) // 2 if same else 0
                if same and stride != 1 and kernel.shape[2] != 1:
                    raise ValueError("SAME with a stride is not expected")
                y = F.conv2d(x, kernel, bias, stride, padding, how["dilations"][0], how.get("group", 1))
            elif op == "Add":
                y = x + values[inputs[1]]
            elif op == "LeakyRelu":
                y = F.leaky_relu(x, how["alpha"])
            elif op == "Pad":
                _, _, top, left, _, _, bottom, right = self.fixed[inputs[1]].tolist()
                # What the pooling is padded with is no weight. It was widened by a Cast of its own.
                filler = float(self.fixed[self.widened.get(inputs[2], inputs[2])]) if len(inputs) > 2 else 0.0
                y = F.pad(x, (left, right, top, bottom), value=filler)
            elif op == "MaxPool":
                y = F.max_pool2d(x, how["kernel_shape"], how["strides"])
            elif op == "Concat":
                y = torch.cat([values[one] for one in inputs], how["axis"])
            elif op == "Split":
                for name, part in zip(outputs, x.split(self.fixed[inputs[1]].tolist(), how["axis"])):
                    values[name] = part
                continue
            elif op == "Resize":
                size = sizes.get(inputs[3]) or [round(float(share) * picture.shape[2]) for share in self.scale_of[inputs[3]]]
                y = F.interpolate(x, size=size, mode="bilinear", align_corners=False)
            elif op == "Reshape":
                y = x.flatten(2)
            elif op == "Transpose":
                y = x.transpose(1, 2)
            else:
                y = x
            values[outputs[0]] = y
        return {name: values[name] for name in OUTPUTS}


def prepared(pictures: np.ndarray) -> Tensor:
    """Pictures as batch, rows, columns, BGR of 0 to 255, for the network."""
    scaled = (pictures.astype(np.float32) - np.array(MEAN, np.float32)) / np.array(DEVIATION, np.float32)
    return torch.from_numpy(scaled.transpose(0, 3, 1, 2)).contiguous(memory_format=torch.channels_last)


def centres(side: int) -> tuple[Tensor, Tensor]:
    """For a square input: the middles of all cells of the three levels, in pixels, and each one's stride."""
    points, strides = [], []
    for stride in STRIDES:
        count = side // stride
        y, x = torch.meshgrid(torch.arange(count), torch.arange(count), indexing="ij")
        points.append((torch.stack([x, y], -1).reshape(-1, 2) + 0.5) * stride)
        strides.append(torch.full((count * count,), float(stride)))
    return torch.cat(points), torch.cat(strides)


def joined(outputs: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Scores (before the sigmoid) and distributions (4 x 11) of all levels one after the other."""
    scores = torch.cat([outputs[f"scores{s}"] for s in STRIDES], 1)
    boxes = torch.cat([outputs[f"boxes{s}"] for s in STRIDES], 1)
    return scores, boxes.reshape(*boxes.shape[:2], 4, 11)


def decoded(boxes: Tensor, points: Tensor, strides: Tensor) -> Tensor:
    """Left, top, right, bottom in pixels, of distributions."""
    far = (boxes.softmax(-1) * torch.arange(11.0)).sum(-1) * strides[:, None]
    return torch.cat([points - far[..., :2], points + far[..., 2:]], -1)
