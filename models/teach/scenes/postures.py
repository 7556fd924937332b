"""Poses drawn by chance for each posture: up, sitting, on the floor, in bed, low. Pure."""

from __future__ import annotations

import numpy as np

from .body import Pose
from .shape import Array, Random, about, unit

DOWN = np.array([0.0, 0.0, -1.0])
UP = -DOWN


def upright(facing: float, tilt: float = 0.0) -> Array:
    """Rotation of a trunk that faces this way (angle from +x) and is bent forward by `tilt`."""
    front = np.array([np.cos(facing), np.sin(facing), 0.0])
    left = np.cross(UP, front)
    turn = about(left, tilt)
    return np.stack([left, -(turn @ front), turn @ UP], 1)


def along_floor(heading: float, roll: float, raised: float = 0.0) -> Array:
    """Rotation of a trunk that lies: head towards `heading`, `roll` 0 on the back, pi on the belly, half of it on a side."""
    up = unit([np.cos(heading), np.sin(heading), np.tan(raised)])
    flat = np.cross(UP, up)
    above = np.cross(up, unit(flat))
    front = np.cos(roll) * above + np.sin(roll) * unit(flat)
    return np.stack([np.cross(up, front), -front, up], 1)


def mixed(root: Array, left: float, front: float, up: float) -> Array:
    """A direction told by the body's own left, front and up."""
    return unit(root @ np.array([left, -front, up]))


def standing(random: Random, facing: float, holding: str = "") -> Pose:
    """Stands or walks, often stooped; `holding` "walker" or "stick" puts the hands where it is held."""
    root = upright(facing, random.uniform(0, 0.25))
    level = upright(facing)
    step = random.uniform(0, 0.5) * (random.random() < 0.6)
    limbs = {}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        stride = sign * step * 0.5
        limbs[f"leg.{side}"] = (
            mixed(level, sign * random.uniform(0.02, 0.12), np.sin(stride) + 0.05, -1),
            mixed(level, sign * 0.03, min(np.sin(stride), 0) - random.uniform(0, 0.15), -1),
        )
        if holding == "walker" or (holding == "stick" and side == "R"):
            upper, lower = mixed(level, sign * 0.15, 0.25, -0.9), mixed(level, 0, random.uniform(0.6, 1.2), -0.75)
        elif random.random() < 0.25:
            upper, lower = random_arm(random, level, sign)
        else:
            swing = -stride + random.uniform(-0.15, 0.2)
            upper = mixed(level, sign * random.uniform(0.1, 0.3), swing, -1)
            lower = mixed(level, sign * random.uniform(-0.2, 0.15), swing + random.uniform(0.05, 0.5), -1)
        limbs[f"arm.{side}"] = (upper, lower)
    return Pose(root, limbs, bend=random.uniform(0, 0.6), lean=random.normal(0, 0.06), nod=random.uniform(-0.1, 0.5), look=random.normal(0, 0.4))


def random_arm(random: Random, root: Array, sign: float) -> tuple[Array, Array]:
    """Any arm: to the front, up, to the head, out to the side."""
    upper = mixed(root, sign * random.uniform(0, 1), random.uniform(-0.2, 1), random.uniform(-1, 0.6))
    lower = mixed(root, sign * random.uniform(-0.7, 0.7), random.uniform(0, 1), random.uniform(-0.7, 1))
    return upper, lower


def sitting(random: Random, facing: float, slid: bool = False) -> Pose:
    """On a seat or an edge; `slid`: on the floor with the back against something and the legs before it."""
    tilt = random.uniform(-0.35, 0.35) if not slid else random.uniform(-0.7, 0.0)
    root = upright(facing, tilt)
    level = upright(facing)
    limbs = {}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        if slid:
            raised = random.uniform(0.2, 0.9) if random.random() < 0.35 else random.uniform(0, 0.15)
            out = sign * random.uniform(0, 0.4)
            limbs[f"leg.{side}"] = (mixed(level, out, 1, raised), mixed(level, out, 1, -raised * 1.3))
        else:
            out = sign * random.uniform(0, 0.35)
            limbs[f"leg.{side}"] = (mixed(level, out, 1, random.uniform(-0.25, 0.05)), mixed(level, out * 0.4, random.uniform(-0.3, 0.4), -1))
        if random.random() < 0.6:
            upper = mixed(level, sign * random.uniform(0.1, 0.4), random.uniform(0.0, 0.5), -1)
            lower = mixed(level, sign * random.uniform(-0.5, 0.1), 1, random.uniform(-0.9, 0.1))
        else:
            upper, lower = random_arm(random, level, sign)
        limbs[f"arm.{side}"] = (upper, lower)
    return Pose(root, limbs, bend=random.uniform(-0.05, 0.8), lean=random.normal(0, 0.15), nod=random.uniform(-0.1, 0.7), look=random.normal(0, 0.4))


def lying(random: Random, heading: float, bed: bool = False) -> Pose:
    """On the floor or in bed, on any side, with arms and legs as they fell."""
    kind = random.random()
    if kind < 0.36:
        roll = random.normal(0, 0.25)
    elif kind < 0.56:
        roll = np.pi + random.normal(0, 0.25)
    else:
        roll = float(random.choice([-1, 1])) * (np.pi / 2 + random.normal(0, 0.3))
    root = along_floor(heading, roll, random.uniform(0, 0.15) if bed else 0.0)
    aside = abs(np.sin(roll)) > 0.7
    head_up = root[:, 2]
    flat_front = unit((-root[:, 1]) * [1, 1, 0]) if aside else None
    limbs = {}
    curled = random.uniform(0, 1.3) if aside or bed else random.uniform(0, 0.5)
    for side, sign in (("L", 1.0), ("R", -1.0)):
        away = flat_front if flat_front is not None else unit(sign * root[:, 0] * [1, 1, 0])
        spread = random.uniform(0, curled) + (random.uniform(0.3, 1.2) if random.random() < 0.25 else random.uniform(0, 0.2))
        knee = spread * random.uniform(0.8, 1.8) if random.random() < 0.75 else random.uniform(0, 0.3)
        thigh = -np.cos(spread) * head_up + np.sin(spread) * away
        shin = -np.cos(spread - knee) * head_up + np.sin(spread - knee) * away
        if not aside and np.cos(roll) > 0 and random.random() < 0.25:
            raised = random.uniform(0.4, 1.1)
            thigh, shin = -np.cos(raised) * head_up + np.sin(raised) * UP, -np.cos(raised) * head_up - np.sin(raised) * 0.9 * UP
        limbs[f"leg.{side}"] = (unit(thigh + 0.03 * UP), unit(shin))
        angle = random.uniform(0.1, 0.7) if random.random() < 0.5 else random.uniform(0.3, 2.9)
        fold = random.normal(0, 0.4) if random.random() < 0.5 else random.uniform(0.5, 2.3)
        upper = -np.cos(angle) * head_up + np.sin(angle) * away
        lower = -np.cos(angle - fold) * head_up + np.sin(angle - fold) * away
        if not aside and np.cos(roll) > 0 and random.random() < 0.4:
            lower = lower * 0.3 - sign * root[:, 0] + 0.35 * UP
        limbs[f"arm.{side}"] = (unit(upper), unit(lower + 0.05 * UP))
    return Pose(
        root, limbs, bend=random.uniform(-0.1, 0.2) + (random.uniform(0, 0.5) if aside else 0), lean=random.normal(0, 0.2),
        twist=random.normal(0, 0.2), nod=random.uniform(-0.2, 0.4), look=random.normal(0, 0.6), feet=random.uniform(0.1, 0.6),
    )


def low(random: Random, facing: float) -> tuple[Pose, str]:
    """On all fours, kneeling, or crouching to a shoe."""
    level = upright(facing)
    kind = str(random.choice(["all-fours", "kneeling", "crouching"]))
    limbs = {}
    if kind == "all-fours":
        root = upright(facing, random.uniform(1.1, 1.5))
        for side, sign in (("L", 1.0), ("R", -1.0)):
            limbs[f"leg.{side}"] = (mixed(level, sign * 0.1, random.uniform(-0.3, 0.5), -1), mixed(level, sign * 0.05, -1, -0.05))
            limbs[f"arm.{side}"] = (mixed(level, sign * 0.15, random.uniform(-0.2, 0.5), -1), mixed(level, 0, random.uniform(-0.2, 0.5), -1))
        return Pose(root, limbs, bend=random.uniform(-0.1, 0.4), nod=random.uniform(-0.6, 0.4), look=random.normal(0, 0.3)), kind
    tilt = random.uniform(0, 0.5) if kind == "kneeling" else random.uniform(0.4, 1.0)
    root = upright(facing, tilt)
    for side, sign in (("L", 1.0), ("R", -1.0)):
        if kind == "kneeling":
            limbs[f"leg.{side}"] = (mixed(level, sign * 0.1, random.uniform(0.0, 0.7), -1), mixed(level, 0, -1, -0.1))
        else:
            limbs[f"leg.{side}"] = (mixed(level, sign * 0.25, 1, random.uniform(-0.1, 0.35)), mixed(level, sign * 0.05, random.uniform(-0.5, -0.2), -1))
        limbs[f"arm.{side}"] = random_arm(random, level, sign) if random.random() < 0.3 else (
            mixed(level, sign * 0.1, random.uniform(0.3, 0.9), -0.7), mixed(level, -sign * 0.1, random.uniform(0.2, 0.8), -1))
    return Pose(root, limbs, bend=random.uniform(0.2, 0.9), lean=random.normal(0, 0.1), nod=random.uniform(-0.3, 0.5), look=random.normal(0, 0.4)), kind
