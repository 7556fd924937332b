"""What happens in a room: who is there and in which posture, what lies about, what covers whom. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import things
from .body import Bodies, dressed, posed, shaped
from .postures import low, lying, sitting, standing
from .room import Place, Room, free
from .shape import Array, Mesh, Random, material, sheet, smooth_noise


@dataclass
class Person:
    """One person of a situation; `covered` is the share of the body that something was laid over."""

    posture: str
    owner: str
    joints: dict[str, Array]


@dataclass
class Situation:
    """The meshes on top of the room's own, and whom they are."""

    meshes: list[Mesh]
    people: list[Person]


POSTURES = {
    "nobody": 0.17, "floor": 0.33, "in-bed": 0.06, "under-blanket": 0.1, "standing": 0.1, "walker": 0.03,
    "edge": 0.06, "chair": 0.04, "slid": 0.05, "low": 0.05, "half-under": 0.02,
}


def happening(room: Room, bodies: Bodies, random: Random, people: Random) -> Situation:
    """Draws one. `people` alone decides on the bodies, so that a body left out stays left out."""
    out = Situation([], [])
    names = list(POSTURES)
    first = str(random.choice(names, p=np.array(list(POSTURES.values())) / sum(POSTURES.values())))
    taken: list[Array] = []
    if first != "nobody":
        place_person(out, room, bodies, random, people, first, taken)
        if random.random() < 0.15:
            place_person(out, room, bodies, random, people, str(random.choice(["standing", "chair", "low", "standing"])), taken)
    lie_about(out, room, random, taken, many=first == "nobody" or random.random() < 0.3)
    make_bed(out, room, random)
    return out


def place_person(out: Situation, room: Room, bodies: Bodies, random: Random, people: Random, posture: str, taken: list[Array]) -> None:
    """Tries some places; where none is free nobody is added."""
    rest, sex = shaped(bodies, people)
    owner = f"person:{len(out.people)}"
    beds = [p for p in room.places if p.kind == "bed"]
    seats = [p for p in room.places if p.kind in ("chair", "second chair", "armchair", "sofa", "wheelchair")]
    if posture in ("in-bed", "under-blanket", "edge", "half-under") and not beds:
        posture = "floor"
    if posture == "chair" and not seats:
        posture = "slid"
    skin = np.unique(bodies.faces["body"])
    for _ in range(25):
        facing = float(random.uniform(0, 2 * np.pi))
        but: Place | None = None
        ground = 0.0
        at = np.array([random.uniform(0.3, room.size[0] - 0.3), random.uniform(0.3, room.size[1] - 0.3)])
        detail = posture
        if posture in ("standing", "walker"):
            holding = "walker" if posture == "walker" else str(random.choice(["", "", "stick"]))
            pose = standing(random, facing, holding)
        elif posture in ("floor", "half-under"):
            pose = lying(random, facing)
            if posture == "half-under":
                but = beds[0]
                at = beds[0].world((beds[0].sizes["width"] / 2 * random.choice([-1, 1]), random.uniform(-0.6, 0.6), 0))[:2]
            elif beds and random.random() < 0.3:
                side = beds[0].sizes["width"] / 2 + random.uniform(0.25, 0.5)
                at = beds[0].world((side * random.choice([-1, 1]), random.uniform(-0.7, 0.7), 0))[:2]
                pose = lying(random, beds[0].yaw + np.pi / 2 * random.choice([-1, 1]) + random.normal(0, 0.4))
        elif posture in ("in-bed", "under-blanket"):
            but, ground = beds[0], beds[0].sizes["top"]
            pose = lying(random, but.yaw + np.pi / 2 + random.normal(0, 0.1), bed=True)
            at = but.world((random.normal(0, 0.1), random.uniform(-0.05, 0.2), 0))[:2]
        elif posture == "edge":
            but, ground = beds[0], beds[0].sizes["top"] - 0.04
            side = float(random.choice([-1, 1]))
            facing = but.yaw + (0 if side > 0 else np.pi) + random.normal(0, 0.2)
            at = but.world((side * (but.sizes["width"] / 2 - random.uniform(0.1, 0.25)), random.uniform(-0.6, 0.6), 0))[:2]
            pose = sitting(random, facing)
        elif posture == "chair":
            but = seats[int(random.integers(len(seats)))]
            ground = 0.46
            facing = but.yaw - np.pi / 2 + random.normal(0, 0.15)
            at = but.world((random.normal(0, 0.05) + (random.uniform(-0.4, 0.4) if but.kind == "sofa" else 0), -0.02, 0))[:2]
            pose = sitting(random, facing)
        elif posture == "slid":
            against = [p for p in room.places if p.kind in ("bed", "chair", "armchair", "sofa", "cupboard")]
            if against and random.random() < 0.8:
                but = against[int(random.integers(len(against)))]
                middle = (but.low + but.high)[:2] / 2
                half = (but.high - but.low)[:2] / 2
                axis = int(random.integers(2))
                sign = float(random.choice([-1, 1]))
                offset = np.zeros(2)
                offset[axis] = sign * (half[axis] + 0.14)
                offset[1 - axis] = random.uniform(-0.6, 0.6) * half[1 - axis]
                at = middle + offset
                facing = float(np.arctan2(*(np.eye(2)[axis] * sign)[::-1])) + random.normal(0, 0.25)
                but = None
            pose = sitting(random, facing, slid=True)
        else:
            pose, detail = low(random, facing)
        points, joints = posed(bodies, rest, pose)
        lift = settled(points, skin, posture) if ground == 0 else settled_on(points, joints, posture)
        shift = np.array([at[0], at[1], ground - lift])
        if posture in ("floor", "half-under", "in-bed", "under-blanket"):
            middle = points[skin].mean(0)
            shift[:2] -= middle[:2]
        points = points + shift
        if posture in ("in-bed", "under-blanket"):
            inside = (points[skin] @ np.eye(3) - but.at) if but else points
            if np.abs(inside[:, :2]).max() > 1.35:
                continue
        elif posture != "half-under" and not free(room, points[skin], but):
            continue
        elif posture == "half-under" and ((points[skin, :2] < 0.03).any() or (points[skin, :2] > room.size[:2] - 0.03).any()):
            continue
        if any(np.linalg.norm(one[:2] - points[skin].mean(0)[:2]) < 0.7 for one in taken):
            continue
        flat_from = ground if posture in ("floor", "half-under", "in-bed", "under-blanket", "slid", "low") else 0.0
        points[:, 2] = np.maximum(points[:, 2], flat_from + 0.004)
        taken.append(points[skin].mean(0))
        out.people.append(Person(detail, owner, {k: v + shift for k, v in joints.items()}))
        out.meshes += dressed(bodies, random, rest, points, sex, owner)
        if posture == "walker" or (posture == "standing" and random.random() < 0.1):
            stand = np.array([np.cos(facing), np.sin(facing), 0]) * 0.42
            out.meshes += [m.moved((at[0] + stand[0], at[1] + stand[1], 0.0), facing + np.pi / 2) for m in things.walker(random)]
        if posture == "under-blanket" and but:
            out.meshes.append(cover(random, points[skin], owner.replace("person", "cover"), ground, but))
        elif posture in ("floor", "chair", "slid") and random.random() < (0.15 if posture == "floor" else 0.08):
            out.meshes.append(cover(random, points[skin], owner.replace("person", "cover"), 0.0, None))
        return


def settled(points: Array, skin: Array, posture: str) -> float:
    """The height that comes to rest on the ground: soft parts give way a little where one lies."""
    return float(np.percentile(points[skin, 2], 4 if posture in ("floor", "half-under", "slid") else 0.5))


def settled_on(points: Array, joints: dict[str, Array], posture: str) -> float:
    """The height that comes to rest on a seat or a mattress."""
    if posture in ("edge", "chair"):
        near = np.linalg.norm(points[:, :2] - joints["hips"][:2], axis=1) < 0.18
        return float(np.percentile(points[:13380][near[:13380], 2], 3))
    return float(np.percentile(points[:13380, 2], 6))


def cover(random: Random, skin: Array, owner: str, ground: float, bed: Place | None) -> Mesh:
    """
    A blanket laid over a body: the height of what is below, smoothed as stiff cloth is, with folds; it is no simulated cloth.
    It leaves out the head mostly, hangs down at the bed's sides, and may have slipped.
    """
    n = 70
    if bed:
        length, width = bed.sizes["length"], bed.sizes["width"]
        hang = random.uniform(0.02, 0.35)
        foot, head = -length / 2 - random.uniform(0, 0.1), length / 2 - random.uniform(0.28, 0.75) if random.random() < 0.9 else length / 2
        y = np.linspace(foot, head, n)
        x = np.linspace(-width / 2 - hang, width / 2 + hang, n) + random.normal(0, 0.08)
        local = (skin - bed.at) @ np.array([[np.cos(bed.yaw), -np.sin(bed.yaw), 0], [np.sin(bed.yaw), np.cos(bed.yaw), 0], [0, 0, 1.0]])
    else:
        middle = skin.mean(0) * [1, 1, 0]
        flat = skin[:, :2] - middle[:2]
        angle = float(np.arctan2(*np.linalg.svd(flat - flat.mean(0), full_matrices=False)[2][0][::-1])) - np.pi / 2
        turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]])
        local = (skin - middle) @ turn
        x, y = np.linspace(-0.55, 0.55, n), np.linspace(-1, 1, n) * random.uniform(0.4, 0.8) + random.uniform(-0.5, 0.3)
    height = np.full((n, n), ground)
    column = np.clip(((local[:, 0] - x[0]) / (x[1] - x[0])).round().astype(int), -1, n)
    row = np.clip(((local[:, 1] - y[0]) / (y[1] - y[0])).round().astype(int), -1, n)
    ok = (column >= 0) & (column < n) & (row >= 0) & (row < n)
    np.maximum.at(height, (row[ok], column[ok]), local[ok, 2])
    for _ in range(3):
        height = widest(height)
    for _ in range(int(random.integers(2, 9))):
        height = np.maximum(mean(height), height - 0.02)
    folds = random.uniform(0.004, 0.03) * smooth_noise(random, n, n, 7) + random.uniform(0.002, 0.014) * smooth_noise(random, n, n, 18)
    height = height + random.uniform(0.015, 0.07) + np.abs(folds) * 1.2
    if bed:
        beyond = np.maximum(np.abs(x) - bed.sizes["width"] / 2, 0)
        height = height - beyond[None, :] * 2.2
        x = np.clip(x, -bed.sizes["width"] / 2 - 0.08, bed.sizes["width"] / 2 + 0.08)
    blanket = sheet(height, x, y, material=material(random, high=0.95), owner=owner)
    return blanket.moved(bed.at, bed.yaw) if bed else blanket.moved(middle, angle)


def widest(height: Array) -> Array:
    """Each cell takes the highest of itself and its four neighbours."""
    out = height.copy()
    out[1:] = np.maximum(out[1:], height[:-1])
    out[:-1] = np.maximum(out[:-1], height[1:])
    out[:, 1:] = np.maximum(out[:, 1:], height[:, :-1])
    out[:, :-1] = np.maximum(out[:, :-1], height[:, 1:])
    return out


def mean(height: Array) -> Array:
    """Each cell takes the mean of itself and its four neighbours."""
    p = np.pad(height, 1, mode="edge")
    return (p[1:-1, 1:-1] * 2 + p[2:, 1:-1] + p[:-2, 1:-1] + p[1:-1, 2:] + p[1:-1, :-2]) / 6


def lie_about(out: Situation, room: Room, random: Random, taken: list[Array], many: bool) -> None:
    """Bags, heaps, rolled blankets, animals, dolls, small things: on the floor, and some on the furniture."""
    kinds = [things.bag, things.heap, things.roll, things.animal, lambda r: [things.clutter(r)], lambda r: [things.pillow(r)]]
    for _ in range(int(random.integers(1, 6) if many else random.integers(0, 3))):
        meshes = kinds[int(random.choice(len(kinds), p=[0.24, 0.2, 0.16, 0.1, 0.2, 0.1]))](random)
        yaw = float(random.uniform(0, 2 * np.pi))
        for _ in range(8):
            at = np.array([random.uniform(0.3, room.size[0] - 0.3), random.uniform(0.3, room.size[1] - 0.3), 0.0])
            if random.random() < 0.15 and room.places:
                place = room.places[int(random.integers(len(room.places)))]
                if place.kind in ("bed", "chair", "armchair", "sofa", "table") and place.high[2] < 1.3:
                    at = np.array([*((place.low + place.high) / 2)[:2], place.sizes.get("top", 0.48)])
            moved = [m.moved(at, yaw) for m in meshes]
            points = np.concatenate([m.vertices for m in moved])
            if at[2] == 0 and not free(room, points):
                continue
            if any(np.linalg.norm(one[:2] - at[:2]) < 0.75 for one in taken):
                continue
            out.meshes += moved
            break


def make_bed(out: Situation, room: Room, random: Random) -> None:
    """Pillows, and on a bed without a sleeper a blanket: smooth, crumpled or thrown back, sometimes as high as one who sleeps."""
    for place in (p for p in room.places if p.kind == "bed"):
        top, length, width = place.sizes["top"], place.sizes["length"], place.sizes["width"]
        if random.random() < 0.85:
            out.meshes.append(things.pillow(random).moved((0, 0, 0), random.normal(0, 0.25)).moved(place.world((0, length / 2 - 0.25, top - 0.04)), place.yaw))
        if any(person.posture in ("under-blanket", "in-bed") for person in out.people) or random.random() < 0.2:
            continue
        n = 60
        high = float(random.choice([0.0, 0.0, 0.1, 0.25]))
        share = float(random.choice([1.0, 0.5, 0.7]))
        x, y = np.linspace(-1, 1, n) * width / 2 * random.uniform(0.8, 1.05), np.linspace(-length / 2, -length / 2 + length * 0.8 * share, n) + random.uniform(0, 0.3)
        heap = np.clip(smooth_noise(random, n, n, 3), 0, 1) * high
        fold = random.uniform(0.01, 0.05) * smooth_noise(random, n, n, 6) + random.uniform(0.003, 0.02) * smooth_noise(random, n, n, 16)
        out.meshes.append(sheet(top + 0.05 + heap + np.abs(fold), x, y, material=material(random, high=0.95)).moved(place.at, place.yaw))
