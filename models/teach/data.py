"""Rendered pictures with their truth, as batches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from looks import framed, night

CERTAIN, HARDLY = 0.25, 0.06
"""Of a person of whom a smaller share is seen than the first, no score is asked for; below the second it is nobody."""
SMALLEST = 12.0
"""Pixels of the square: the shorter side of a person who counts."""


@dataclass
class Batch:
    """Squares as the student is shown them and as the teacher is, with persons' boxes in pixels of the square."""

    student: np.ndarray
    teacher: np.ndarray
    boxes: list[Tensor]
    vague: list[Tensor]


def people_of(truth: dict) -> tuple[np.ndarray, np.ndarray]:
    """
    The boxes of a picture's persons, and which of them count: those who are seen. Of one under a blanket nothing is asked, and such a bed is
    not shown as empty either: asked for, every bed became a person.
    """
    shown = [one for one in truth["people"] if (one["seen"] + one["covered"]) * one["inside"] > HARDLY]
    boxes = np.array([one["box"] for one in shown], float).reshape(-1, 4)
    sure = np.array([one["seen"] * min(1, one["inside"] * 1.5) >= CERTAIN and one["covered"] < one["seen"] / 2 for one in shown], bool)
    return boxes, sure


def sorted_out(boxes: np.ndarray, sure: np.ndarray, side: int) -> tuple[Tensor, Tensor]:
    """Boxes cut at the square: those that count, and those in which nothing is asked."""
    if not len(boxes):
        return torch.zeros(0, 4), torch.zeros(0, 4)
    cut = boxes.clip(0, side)
    left = (cut[:, 2:] - cut[:, :2]).prod(1) / np.maximum((boxes[:, 2:] - boxes[:, :2]).prod(1), 1)
    size = (cut[:, 2:] - cut[:, :2]).min(1)
    counts = sure & (left > 0.35) & (size >= SMALLEST)
    vague = ~counts & (size > 1)
    return torch.from_numpy(cut[counts]).float(), torch.from_numpy(cut[vague]).float()


def drawn(random: np.random.Generator, folder: Path, truths: list[dict], side: int) -> Batch:
    """A batch of these pictures, each as it looks this time."""
    students, teachers, boxes, vague = [], [], [], []
    for truth in truths:
        picture = cv2.imread(str(folder / truth["file"]))
        where, sure = people_of(truth)
        square, placed = framed(random, picture, where, side)
        sharp, unsure = sorted_out(placed, sure, side)
        teachers.append(square)
        students.append(night(random, square))
        boxes.append(sharp)
        vague.append(unsure)
    return Batch(np.stack(students), np.stack(teachers), boxes, vague)
