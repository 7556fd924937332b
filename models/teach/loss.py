"""What the student is taught by: true boxes of persons (ATSS, quality focal loss, GIoU, distributions), and for the rest the teacher."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from network import decoded

PERSON = 0


def overlap(a: Tensor, b: Tensor, generalised: bool = False) -> Tensor:
    """IoU of boxes of the same shape, or GIoU (arXiv:1902.09630)."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    both = (high - low).clamp(min=0).prod(-1)
    either = (a[..., 2:] - a[..., :2]).clamp(min=0).prod(-1) + (b[..., 2:] - b[..., :2]).clamp(min=0).prod(-1) - both
    iou = both / either.clamp(min=1e-6)
    if not generalised:
        return iou
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1)
    return iou - (hull - either) / hull.clamp(min=1e-6)


def assigned(boxes: Tensor, points: Tensor, strides: Tensor, nearest: int = 9) -> Tensor:
    """For each cell the number of the box that it answers for, or -1 (adaptive training sample selection, arXiv:1912.02424)."""
    out = torch.full((len(points),), -1)
    best = torch.zeros(len(points))
    half = strides[:, None] * 2.5
    anchors = torch.cat([points - half, points + half], 1)
    for number, box in enumerate(boxes):
        iou = overlap(anchors, box.expand_as(anchors))
        far = (points - (box[:2] + box[2:]) / 2).norm(dim=1)
        near = torch.cat([torch.nonzero(strides == s)[:, 0][far[strides == s].topk(nearest, largest=False).indices] for s in strides.unique()])
        least = iou[near].mean() + iou[near].std()
        inside = ((points[near] > box[:2]) & (points[near] < box[2:])).all(1)
        chosen = near[(iou[near] >= least) & inside]
        chosen = chosen[iou[chosen] > best[chosen]]
        out[chosen], best[chosen] = number, iou[chosen]
    return out


def loss_of(scores: Tensor, shapes: Tensor, boxes: list[Tensor], vague: list[Tensor], points: Tensor, strides: Tensor) -> tuple[Tensor, Tensor]:
    """
    The losses of persons' scores and of their boxes.
    @param vague for each picture boxes in which no score is asked for: persons hardly seen
    """
    target = torch.zeros(scores.shape[:2])
    asked = torch.ones(scores.shape[:2])
    chosen: list[tuple[int, Tensor, Tensor]] = []
    for number, (truth, unsure) in enumerate(zip(boxes, vague)):
        for box in unsure:
            asked[number, ((points > box[:2]) & (points < box[2:])).all(1)] = 0
        if len(truth):
            owner = assigned(truth, points, strides)
            cells = torch.nonzero(owner >= 0)[:, 0]
            chosen.append((number, cells, truth[owner[cells]]))
    shape_loss = scores.sum() * 0
    count = max(1, sum(len(cells) for _, cells, _ in chosen))
    if chosen:
        batch = torch.cat([torch.full_like(cells, number) for number, cells, _ in chosen])
        cells, truth = torch.cat([c for _, c, _ in chosen]), torch.cat([t for _, _, t in chosen])
        found = shapes[batch, cells]
        placed = decoded(found, points[cells], strides[cells])
        iou = overlap(placed, truth).detach()
        target[batch, cells] = iou.clamp(0, 1)
        asked[batch, cells] = 1
        far = torch.cat([points[cells] - truth[:, :2], truth[:, 2:] - points[cells]], 1) / strides[cells, None]
        far = far.clamp(0, 9.99)
        low = far.long()
        share = far - low
        flat = found.reshape(-1, 11)
        distribution = F.cross_entropy(flat, low.reshape(-1), reduction="none") * (1 - share.reshape(-1)) + F.cross_entropy(flat, low.reshape(-1) + 1, reduction="none") * share.reshape(-1)
        weight = scores[batch, cells, PERSON].sigmoid().detach().clamp(min=0.2)
        total = weight.sum().clamp(min=1)
        shape_loss = (2 * (1 - overlap(placed, truth, True)) * weight).sum() / total + 0.25 * (distribution.reshape(-1, 4).mean(1) * weight).sum() / total
    person = scores[..., PERSON]
    # A person missed weighs twice: of a dark picture that may hold one the score shall not sink to that of an empty one.
    apart = (person.sigmoid() - target).abs() ** 2 * torch.where(target > 0, 2.0, 1.0)
    score_loss = (F.binary_cross_entropy_with_logits(person, target, reduction="none") * apart * asked).sum() / count
    return score_loss, shape_loss


def kept_of(scores: Tensor, shapes: Tensor, teacher_scores: Tensor, teacher_shapes: Tensor) -> Tensor:
    """How far the other 79 classes, and the boxes where one of them is, are from what the teacher says of the clear picture."""
    wanted = teacher_scores[..., 1:].sigmoid()
    found = scores[..., 1:]
    apart = (found.sigmoid() - wanted).abs() ** 2
    most = wanted.amax(-1)
    score = (F.binary_cross_entropy_with_logits(found, wanted, reduction="none") * apart).sum() / most.sum().clamp(min=1)
    where = most > 0.2
    if not where.any():
        return score
    shape = F.kl_div(shapes[where].log_softmax(-1), teacher_shapes[where].softmax(-1), reduction="none").sum(-1).mean(-1)
    return score + 0.5 * (shape * most[where]).sum() / most[where].sum()
