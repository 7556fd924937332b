"""A room with what stands in it, drawn by chance from a seed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import things
from .shape import CLOTH, GROUND, Array, Mesh, Random, about_z, box, lump, material


@dataclass
class Place:
    """A thing that stands in the room: where, how turned, and the corners of what it takes up."""

    kind: str
    at: Array
    yaw: float
    low: Array
    high: Array
    sizes: dict[str, float] = field(default_factory=dict)

    def world(self, point: tuple[float, float, float]) -> Array:
        """A point of the thing, in the room."""
        return about_z(self.yaw) @ np.asarray(point, float) + self.at


@dataclass
class Room:
    """Width (x), depth (y) and height, with the corner at the origin."""

    size: Array
    meshes: list[Mesh]
    places: list[Place]


SOME = {
    "cupboard": (things.cupboard, 0.8), "table": (things.table, 0.6), "armchair": (things.armchair, 0.5), "chair": (things.chair, 0.6),
    "screen": (things.screen, 0.3), "lamp": (things.lamp, 0.4), "plant": (things.plant, 0.3), "walker": (things.walker, 0.45),
    "wheelchair": (things.wheelchair, 0.2), "hanging": (things.hanging, 0.35), "second chair": (things.chair, 0.3),
    "nightstand": (things.table, 0.4), "second cupboard": (things.cupboard, 0.4), "bag": (things.bag, 0.4), "heap": (things.heap, 0.25),
}
AT_WALL = ("cupboard", "screen", "hanging", "second cupboard", "armchair", "sofa")


def furnished(random: Random) -> Room:
    """Walls, floor, ceiling, window, door, pictures, a bed nearly always, and some of the furniture there is."""
    size = np.array([random.uniform(2.6, 5.0), random.uniform(2.8, 6.0), random.uniform(2.3, 2.8)])
    w, d, h = size
    wall = material(random, ("plain", "plain", "plain", "stripes", "blotches", "dots"), 0.3, 0.9)
    out = [
        box((w, d, 0.02), (w / 2, d / 2, -0.01), material=material(random, GROUND, 0.06, 0.75, (1, 12)), owner="room"),
        box((w, d, 0.02), (w / 2, d / 2, h + 0.01), material=material(random, ("plain",), 0.6), owner="room"),
        box((w, 0.02, h), (w / 2, -0.01, h / 2), material=wall, owner="room"), box((w, 0.02, h), (w / 2, d + 0.01, h / 2), material=wall, owner="room"),
        box((0.02, d, h), (-0.01, d / 2, h / 2), material=wall, owner="room"), box((0.02, d, h), (w + 0.01, d / 2, h / 2), material=wall, owner="room"),
    ]
    skirting = material(random, ("plain",), 0.1)
    out += [box((w, 0.03, 0.08), (w / 2, y, 0.04), material=skirting, owner="room") for y in (0.01, d - 0.01)]
    out += [box((0.03, d, 0.08), (x, d / 2, 0.04), material=skirting, owner="room") for x in (0.01, w - 0.01)]
    room = Room(size, out, [])
    for make in [lambda r: things.hangings(r, 2.0)] * int(random.integers(1, 3)) + [things.picture] * int(random.integers(0, 5)):
        add_at_wall(room, random, make(random), "at wall", tries=1, blocks=False)
    leaf = material(random, ("plain", "wood"), 0.15)
    add_at_wall(room, random, [box((0.9, 0.05, 2.05), (0, -0.03, 1.02), material=leaf), lump(random, (0.08, 0.06, 0.06), 0.8, 0, material=things.METAL).moved((0.36, -0.08, 1.0))], "door", tries=8)
    if random.random() < 0.45:
        rug = material(random, ("stripes", "checks", "blotches", "dots", "plain", "weave"), 0.05, 0.7, (2, 15))
        out.append(box((random.uniform(0.8, 2.2), random.uniform(0.6, 1.6), 0.015), (w / 2 + random.normal(0, 0.3), d / 2 + random.normal(0, 0.5), 0.01), material=rug))
    if random.random() < 0.9:
        meshes, sizes = things.bed(random)
        add_at_wall(room, random, meshes, "bed", tries=30, sizes=sizes, head_first=random.random() < 0.5)
    if random.random() < 0.3:
        add_at_wall(room, random, things.armchair(random, float(random.uniform(1.4, 2.0))), "sofa", tries=10)
    for kind in random.permutation(list(SOME)):
        make, chance = SOME[str(kind)]
        if random.random() >= chance:
            continue
        if kind in AT_WALL:
            add_at_wall(room, random, make(random), str(kind), tries=8)
        else:
            add_free(room, random, make(random), str(kind), tries=8)
    return room


def add_at_wall(room: Room, random: Random, meshes: list[Mesh], kind: str, tries: int, sizes: dict[str, float] | None = None, blocks: bool = True, head_first: bool = True) -> None:
    """Puts a thing with its back (+y) at a wall; a bed may also stand with its side there."""
    low, high = things.bounds(meshes)
    for _ in range(tries):
        side = int(random.integers(0, 4))
        yaw = side * np.pi / 2
        width, depth = room.size[:2] if side % 2 == 0 else room.size[1::-1]
        if not head_first:
            yaw += np.pi / 2
            near, far = low[1], high[1]
            back = -low[0] if random.random() < 0.5 else high[0]
        else:
            near, far, back = low[0], high[0], high[1]
        if width - far + near < 0.1:
            continue
        along = random.uniform(-near + 0.03, width - far - 0.03) if random.random() < 0.7 else random.choice([-near + 0.05, width - far - 0.05])
        gap = back + 0.03 if kind != "at wall" else 0.012
        x, y = [(along, depth - gap), (gap, along), (width - along, gap), (depth - gap, width - along)][side]
        if put(room, meshes, kind, np.array([x, y, 0.0]), yaw, sizes, blocks):
            return


def add_free(room: Room, random: Random, meshes: list[Mesh], kind: str, tries: int) -> None:
    """Puts a thing anywhere on the floor."""
    for _ in range(tries):
        at = np.array([random.uniform(0.3, room.size[0] - 0.3), random.uniform(0.3, room.size[1] - 0.3), 0.0])
        if put(room, meshes, kind, at, random.uniform(0, 2 * np.pi), None, True):
            return


def put(room: Room, meshes: list[Mesh], kind: str, at: Array, yaw: float, sizes: dict[str, float] | None, blocks: bool) -> bool:
    """Puts the thing there unless it would stand in the wall or in another."""
    moved = [mesh.moved(at, yaw) for mesh in meshes]
    low, high = things.bounds(moved)
    if blocks and ((low[:2] < -0.02).any() or (high[:2] > room.size[:2] + 0.02).any()):
        return False
    if blocks and any((low[:2] < p.high[:2] - 0.02).all() and (high[:2] > p.low[:2] + 0.02).all() for p in room.places):
        return False
    room.meshes += moved
    if blocks:
        room.places.append(Place(kind, at, yaw, low, high, sizes or {}))
    return True


def free(room: Room, points: Array, but: Place | None = None) -> bool:
    """Whether a body with these vertices stands in no wall and in no thing (but the one told)."""
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    if (low < 0.02).any() or (high > room.size[:2] - 0.02).any():
        return False
    for place in room.places:
        if place is but or place.kind == "door":
            continue
        inside = ((points > place.low) & (points < place.high)).all(1)
        if inside.mean() > 0.01:
            return False
    return True


__all__ = ["CLOTH", "Place", "Room", "free", "furnished"]
