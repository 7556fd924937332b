"""Cameras and lamps drawn by chance, and where a point falls in the picture. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .shape import Array, Random, unit


@dataclass
class Camera:
    """A pinhole camera: place, rotation (columns: the picture's right, up, and backwards), and the width's angle of view in radians."""

    at: Array
    turn: Array
    angle: float
    width: int
    height: int

    def picture(self, points: Array) -> Array:
        """Where points of the room fall: x and y in pixels from the upper left corner, and the distance ahead in metres."""
        local = (np.atleast_2d(points) - self.at) @ self.turn
        ahead = -local[:, 2]
        focal = self.width / 2 / np.tan(self.angle / 2)
        safe = np.where(ahead > 0.01, ahead, np.nan)
        return np.stack([self.width / 2 + focal * local[:, 0] / safe, self.height / 2 - focal * local[:, 1] / safe, ahead], -1)


@dataclass
class Lamp:
    """A ball that shines, of a strength in watts."""

    at: Array
    watts: float
    radius: float = 0.02


def looking(at: Array, to: Array, tilt: float = 0.0) -> Array:
    """Rotation of a camera at a place that looks at another, turned about its own axis by `tilt`."""
    back = unit(np.asarray(at) - to)
    right = unit(np.cross([0, 0, 1.0], back))
    up = np.cross(back, right)
    c, s = np.cos(tilt), np.sin(tilt)
    return np.stack([c * right + s * up, -s * right + c * up, back], 1)


def seen_from(random: Random, size: Array, aim: Array | None, width: int, height: int) -> Camera:
    """High in a corner, at the ceiling, or at one to two metres at a wall; mostly towards `aim`."""
    w, d, h = size
    kind = random.random()
    if kind < 0.45:
        at = np.array([random.choice([0.12, w - 0.12]), random.choice([0.12, d - 0.12]), h - random.uniform(0.08, 0.4)])
        angle = random.uniform(1.1, 1.9)
    elif kind < 0.55:
        at = np.array([w / 2 + random.normal(0, 0.5), d / 2 + random.normal(0, 0.6), h - 0.1])
        angle = random.uniform(1.5, 1.95)
    else:
        at = np.array([random.uniform(0.15, w - 0.15), random.choice([0.12, d - 0.12]), random.uniform(0.8, 2.0)])
        if random.random() < 0.5:
            at[:2] = [random.choice([0.12, w - 0.12]), random.uniform(0.15, d - 0.15)]
        angle = random.uniform(0.85, 1.6)
    at[:2] = np.clip(at[:2], 0.1, size[:2] - 0.1)
    middle = np.array([w / 2, d / 2, random.uniform(0.3, 0.9)])
    to = middle + random.normal(0, 0.3, 3) * [1, 1, 0.5]
    if aim is not None:
        to = to + random.uniform(0.3, 1) * (aim - to)
    if np.linalg.norm((to - at)[:2]) < 0.3:
        to = to + [0.4, 0.4, 0]
    return Camera(at, looking(at, to, random.normal(0, 0.04)), float(angle), width, height)


def lit(random: Random, size: Array, camera: Camera) -> tuple[str, float, list[Lamp]]:
    """How it is lit: by the camera's own infrared lamp, by the room's lamp, by daylight, or by little at all; scattered light, lamps."""
    kind = str(random.choice(["infrared", "room", "day", "night-light"], p=[0.5, 0.25, 0.15, 0.1]))
    w, d, h = size
    far = float(np.linalg.norm(size) / 2)
    level = float(np.exp(random.normal(0, 0.3)))
    if kind == "infrared":
        beside = camera.turn @ np.array([random.uniform(-0.08, 0.08), random.uniform(-0.06, 0.06), 0.0])
        return kind, float(random.uniform(0, 0.12)) * level, [Lamp(camera.at + beside, 45 * level * far**2 / 5, 0.01)]
    if kind == "room":
        at = np.array([w / 2 + random.normal(0, 0.4), d / 2 + random.normal(0, 0.4), h - 0.25])
        return kind, float(random.uniform(0.15, 0.5)) * level, [Lamp(at, 75 * level * far / 2.2, 0.12)]
    if kind == "day":
        side = int(random.integers(4))
        at = np.array([[w / 2, 0.15], [w / 2, d - 0.15], [0.15, d / 2], [w - 0.15, d / 2]][side])
        return kind, float(random.uniform(0.2, 0.5)) * level, [Lamp(np.array([*at, 1.6]), 70 * level * far / 2.2, 0.35)]
    at = np.array([random.uniform(0.2, w - 0.2), random.uniform(0.2, d - 0.2), random.uniform(0.2, 1.2)])
    return kind, float(random.uniform(0.05, 0.2)) * level, [Lamp(at, 30 * level, 0.05)]
