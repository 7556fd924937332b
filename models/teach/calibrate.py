"""Sets the student's scores so that the product's thresholds mean the same with it as with the original."""

from __future__ import annotations

import math
from pathlib import Path

import torch

from figures import looked
from network import Network

AT = 0.3


def wrong_scores(network: Network, pictures: Path, truths: list[dict], side: int) -> list[float]:
    """The scores of all boxes where nobody is, highest first."""
    return sorted((score for score, right in looked(network, pictures, truths, side)[0] if not right), reverse=True)


@torch.no_grad()
def calibrate(student: Network, original: Network, pictures: Path, truths: list[dict], side: int = 256) -> float:
    """
    Shifts the persons' scores (before the sigmoid) so that on these pictures as many wrong places reach 0.3 as the original has.
    @returns the shift; 0 where there are too few pictures to say
    """
    theirs = sum(score >= AT for score in wrong_scores(original, pictures, truths, side))
    ours = wrong_scores(student, pictures, truths, side)
    if theirs < 3 or len(ours) <= theirs:
        return 0.0
    threshold = (ours[theirs - 1] + ours[theirs]) / 2
    shift = math.log(AT / (1 - AT)) - math.log(threshold / (1 - threshold))
    for name in student.heads():
        student.get_parameter(name)[0] += shift
    return shift
