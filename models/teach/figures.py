"""How well a network finds persons in rendered pictures that it was not taught on."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch

from data import people_of, sorted_out
from looks import framed, night
from loss import PERSON, overlap
from network import Network, centres, decoded, joined, prepared

SAME = 0.3
"""From this overlap on a found box is on the place of a true one."""


def detections(network: Network, squares: np.ndarray, least: float = 0.05) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """For each square the persons' scores and boxes, best first, doubles taken out."""
    points, strides = centres(squares.shape[1])
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        scores, shapes = joined(network(prepared(squares)))
    out = []
    for one, shape in zip(scores[..., PERSON].float().sigmoid(), shapes.float()):
        at = torch.nonzero(one >= least)[:, 0]
        at = at[one[at].argsort(descending=True)][:60]
        boxes, kept = decoded(shape[at], points[at], strides[at]), []
        for number in range(len(at)):
            if all(overlap(boxes[number], boxes[other]) <= 0.55 for other in kept):
                kept.append(number)
        out.append((one[at][kept], boxes[kept]))
    return out


def figures_of(network: Network, folder: Path, truths: list[dict], side: int) -> dict[str, float]:
    """
    `found` (share of persons at 0.3), `wrong` (false places at 0.3 a picture), `ap`, and at the threshold that lets one wrong place in
    ten pictures pass `found at wrong` and `found <posture>`.
    """
    return summed(*looked(network, folder, truths, side), len(truths))


def looked(network: Network, folder: Path, truths: list[dict], side: int, seed: int = 5) -> tuple[list[tuple[float, bool]], list[tuple[str, float]]]:
    """
    The score of each box and whether it is on a person's place, and each person's posture and best score. The same seed shows the same
    squares.
    """
    random = np.random.default_rng(seed)
    tried: list[tuple[float, bool]] = []
    best: list[tuple[str, float]] = []
    for start in range(0, len(truths), 16):
        squares, sharp, unsure, postures = [], [], [], []
        for truth in truths[start : start + 16]:
            boxes, sure = people_of(truth)
            square, placed = framed(random, cv2.imread(str(folder / truth["file"])), boxes, side)
            squares.append(night(random, square))
            clear, vague = sorted_out(placed, sure, side)
            named = [one["posture"] for one in truth["people"] if (one["seen"] + one["covered"]) * one["inside"] > 0.06]
            cut = [torch.equal(torch.from_numpy(p.clip(0, side)).float(), c) for c in clear for p in placed]
            which = [number % len(placed) for number, same in enumerate(cut) if same]
            sharp.append(clear)
            unsure.append(vague)
            postures.append([named[one] for one in which])
        for (scores, boxes), truth, vague, names in zip(detections(network, np.stack(squares)), sharp, unsure, postures):
            taken: set[int] = set()
            reached = [0.0] * len(truth)
            for score, box in zip(scores.tolist(), boxes):
                on = [(float(overlap(box, one)), number) for number, one in enumerate(truth)]
                most, number = max(on, default=(0.0, -1))
                if most >= SAME:
                    reached[number] = max(reached[number], score)
                    if number not in taken:
                        tried.append((score, True))
                    taken.add(number)
                elif not any(float(overlap(box, one)) > 0.1 for one in vague) and most < 0.1:
                    tried.append((score, False))
            best += list(zip(names, reached))
    return tried, best


def summed(tried: list[tuple[float, bool]], best: list[tuple[str, float]], pictures: int) -> dict[str, float]:
    """The figures of what was tried (score, right) and of the best score on each person."""
    tried = sorted(tried, reverse=True)
    right = np.cumsum([one for _, one in tried])
    wrong = np.cumsum([not one for _, one in tried])
    people = max(1, len(best))
    precision = right / np.maximum(right + wrong, 1)
    ap = float(sum(precision[n:].max() for n in range(len(tried)) if tried[n][1]) / people) if tried else 0.0
    allowed = [score for (score, one), count in zip(tried, wrong) if not one and count > pictures / 10]
    threshold = allowed[0] if allowed else 0.05
    out = {
        "found": sum(score >= 0.3 for _, score in best) / people, "wrong": sum(not one and score >= 0.3 for score, one in tried) / pictures,
        "ap": ap, "found at wrong": sum(score > threshold for _, score in best) / people,
    }
    for posture in sorted({name for name, _ in best}):
        of = [score for name, score in best if name == posture]
        out[f"found {posture}"] = sum(score > threshold for score in of) / len(of)
    return {name: round(float(value), 4) for name, value in out.items()}
