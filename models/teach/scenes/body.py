"""A person as meshes: shape by age and sex, pose by skeleton, skin, hair and night clothes. Metres, z up; at rest it faces -y. Pure."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from .shape import Array, Material, Mesh, Random, about, material, smooth_noise, turning, unit

LIMBS = {
    "arm.L": ("upperarm01.L", "upperarm02.L", "lowerarm01.L", "lowerarm02.L", "wrist.L"),
    "arm.R": ("upperarm01.R", "upperarm02.R", "lowerarm01.R", "lowerarm02.R", "wrist.R"),
    "leg.L": ("upperleg01.L", "upperleg02.L", "lowerleg01.L", "lowerleg02.L", "foot.L"),
    "leg.R": ("upperleg01.R", "upperleg02.R", "lowerleg01.R", "lowerleg02.R", "foot.R"),
}
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")


@dataclass
class Bodies:
    """The data that all persons share, read once."""

    folder: Path
    base: Array
    faces: dict[str, Array]
    bones: dict[str, dict]
    joints: dict[str, list[int]]
    order: list[str]
    weights: Array


def axes(points: Array) -> Array:
    """From the files' axes (decimetres, y up, facing +z) to ours."""
    return np.stack([points[:, 0], -points[:, 2], points[:, 1]], -1) * 0.1


@lru_cache(maxsize=1)
def read_bodies(folder: str) -> Bodies:
    """Reads mesh, skeleton and weights. @throws OSError where the folder lacks a file."""
    where = Path(folder)
    points: list[list[float]] = []
    faces: dict[str, list[list[int]]] = {}
    group = ""
    with gzip.open(where / "base.obj.gz", "rt") as file:
        for line in file:
            if line.startswith("v "):
                points.append([float(one) for one in line.split()[1:4]])
            elif line.startswith("g "):
                group = line.split()[1]
            elif line.startswith("f "):
                faces.setdefault(group, []).append([int(one.split("/")[0]) - 1 for one in line.split()[1:]])
    skeleton = json.loads((where / "default.mhskel.json").read_text())
    with gzip.open(where / "default_weights.json.gz", "rt") as file:
        listed = json.load(file)["weights"]
    bones = skeleton["bones"]
    order: list[str] = []
    while len(order) < len(bones):
        order += [n for n, b in bones.items() if n not in order and (b["parent"] is None or b["parent"] in order)]
    weights = np.zeros((len(points), len(order)), np.float32)
    for column, name in enumerate(order):
        for vertex, weight in listed.get(name, []):
            weights[vertex, column] = weight
    weights /= np.maximum(weights.sum(1, keepdims=True), 1e-6)
    return Bodies(where, np.array(points), {k: np.array(v) for k, v in faces.items()}, bones, skeleton["joints"], order, weights)


@lru_cache(maxsize=64)
def target(folder: Path, name: str) -> tuple[Array, Array]:
    """Vertices and how far a shape target moves them."""
    with gzip.open(folder / "targets" / f"{name}.target.gz", "rt") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    numbers = np.array(rows, float).reshape(-1, 4)
    return numbers[:, 0].astype(int), numbers[:, 1:]


def shaped(bodies: Bodies, random: Random) -> tuple[Array, str]:
    """A person drawn by chance, four of five of them old: all vertices at rest, in metres, and the sex."""
    sex = str(random.choice(["female", "male"], p=[0.6, 0.4]))
    old = float(random.uniform(0.6, 1)) if random.random() < 0.8 else float(random.uniform(0, 0.4))
    race = str(random.choice(["caucasian", "african", "asian"], p=[0.7, 0.15, 0.15]))
    points = bodies.base.copy()

    def add(name: str, share: float) -> None:
        at, by = target(bodies.folder, name)
        points[at] += share * by

    for age, share in (("old", old), ("young", 1 - old)):
        add(f"{race}-{sex}-{age}", share)
        weight = str(random.choice(["minweight", "averageweight", "maxweight"], p=[0.3, 0.3, 0.4]))
        muscle = str(random.choice(["minmuscle", "averagemuscle"]))
        add(f"universal-{sex}-{age}-{muscle}-{weight}", share * float(random.uniform(0.4, 1)))
    tall = str(random.choice(["minheight", "maxheight"]))
    add(f"{sex}-old-averagemuscle-averageweight-{tall}", float(random.uniform(0, 0.35)))
    points = axes(points)
    height = points[bodies.faces["body"].ravel(), 2]
    return points * (random.uniform(1.5, 1.86) / float(np.ptp(height))), sex


@dataclass
class Pose:
    """Where the trunk stands and whither each limb points, in the world's directions."""

    root: Array
    """Rotation whose columns are the world's directions of the body's left, back and up."""
    limbs: dict[str, tuple[Array, Array]]
    """For each of LIMBS the direction of its upper and its lower part."""
    bend: float = 0.0
    """Radians by which the spine is bent forward in all; negative: back."""
    lean: float = 0.0
    """The same sideways, to the left."""
    twist: float = 0.0
    nod: float = 0.0
    """Radians by which the neck is bent forward in all."""
    look: float = 0.0
    """Radians by which the head is turned to the left."""
    feet: float = 0.0
    """Radians by which the toes are stretched away."""


def posed(bodies: Bodies, rest: Array, pose: Pose) -> tuple[Array, dict[str, Array]]:
    """All vertices in the pose, with the pelvis at the origin, and the place of each joint that a truth needs."""
    place = {name: rest[at].mean(0) for name, at in bodies.joints.items()}
    head = {name: place[bone["head"]] for name, bone in bodies.bones.items()}
    tail = {name: place[bone["tail"]] for name, bone in bodies.bones.items()}
    rotation: dict[str, Array] = {}
    shift: dict[str, Array] = {}
    left, back, up = np.eye(3)
    wanted: dict[str, Array] = {}
    for limb, names in LIMBS.items():
        upper, lower = pose.limbs[limb]
        wanted.update({names[0]: upper, names[2]: lower})
    for name in bodies.order:
        parent = bodies.bones[name]["parent"]
        if parent is None:
            turn, origin = pose.root, -pose.root @ head[name]
        else:
            turn, origin = rotation[parent], shift[parent]
        start = turn @ head[name] + origin
        if name in SPINE:
            share = 1 / len(SPINE)
            turn = turn @ about(left, pose.bend * share) @ about(back, -pose.lean * share) @ about(up, pose.twist * share)
        elif name in NECK:
            share = 1 / len(NECK)
            turn = turn @ about(left, pose.nod * share) @ about(up, pose.look * share)
        elif name in wanted:
            end = {"upperarm01": "upperarm02", "lowerarm01": "lowerarm02", "upperleg01": "upperleg02", "lowerleg01": "lowerleg02"}
            base, side = name.split(".")
            direction = tail[f"{end[base]}.{side}"] - head[name]
            turn = turning(turn @ direction, wanted[name]) @ turn
        elif name.startswith("foot"):
            turn = turn @ about(left, pose.feet)
        rotation[name], shift[name] = turn, start - turn @ head[name]
    all_turns = np.stack([rotation[name] for name in bodies.order]).reshape(-1, 9)
    all_shifts = np.stack([shift[name] for name in bodies.order])
    turns = (bodies.weights @ all_turns).reshape(-1, 3, 3)
    points = np.einsum("vij,vj->vi", turns, rest) + bodies.weights @ all_shifts
    joints = {
        key: rotation[bone] @ head[bone] + shift[bone]
        for key, bone in (
            ("head", "head"), ("neck", "neck01"), ("hips", "spine05"),
            ("shoulder.L", "upperarm01.L"), ("shoulder.R", "upperarm01.R"), ("elbow.L", "lowerarm01.L"), ("elbow.R", "lowerarm01.R"),
            ("wrist.L", "wrist.L"), ("wrist.R", "wrist.R"), ("hip.L", "upperleg01.L"), ("hip.R", "upperleg01.R"),
            ("knee.L", "lowerleg01.L"), ("knee.R", "lowerleg01.R"), ("ankle.L", "foot.L"), ("ankle.R", "foot.R"),
        )
    }
    return points, joints


def normals(points: Array, faces: Array) -> Array:
    """Mean direction of the faces round each vertex."""
    a, b, c = points[faces[:, 0]], points[faces[:, 1]], points[faces[:, 2]]
    flat = np.cross(b - a, c - a)
    out = np.zeros_like(points)
    for corner in range(faces.shape[1]):
        np.add.at(out, faces[:, corner], flat)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


def dressed(bodies: Bodies, random: Random, rest: Array, points: Array, sex: str, owner: str) -> list[Mesh]:
    """Skin, hair, and what one wears at night: pyjamas, a gown, underwear or day clothes, each loose and with folds."""
    top, floor = rest[bodies.faces["body"].ravel(), 2].max(), rest[bodies.faces["body"].ravel(), 2].min()
    tall = top - floor
    level = (rest[:, 2] - floor) / tall
    wide = np.abs(rest[:, 0]) / tall
    dark = random.random() < 0.2
    skin = float(random.uniform(0.12, 0.3) if dark else random.uniform(0.4, 0.75))
    flesh = Material("plain", (skin, skin * 0.78, skin * 0.66), rough=0.6)
    meshes = [part(points, bodies.faces["body"], flesh, owner)]
    if random.random() < 0.85:
        faces = bodies.faces["helper-hair"]
        short = 0.885 if sex == "male" or random.random() < 0.7 else 0.8
        keep = faces[(level[faces] > short).any(1)]
        shade = float(random.choice([0.04, 0.15, 0.4, 0.7]))
        if len(keep):
            meshes.append(part(loosened(points, keep, random, 0.004, 0.01), keep, Material("hair", (shade,) * 3, (shade * 0.6,) * 3, 60), owner))
    wear = str(random.choice(["pyjamas", "gown", "shirt", "day", "bare"], p=[0.34, 0.24, 0.14, 0.24, 0.04] if sex == "female" else [0.45, 0.06, 0.2, 0.25, 0.04]))
    tights = bodies.faces["helper-tights"]
    faces_level, faces_wide = level[tights].mean(1), wide[tights].mean(1)
    sleeve = float(random.choice([0.17, 0.21, 0.29, 0.36]))
    upper = (faces_level > 0.5) & (faces_level < random.uniform(0.8, 0.84)) & (faces_wide < sleeve)
    hem = float(random.choice([0.06, 0.06, 0.28]))
    lower = (faces_level <= 0.53) & (faces_level > hem) & (faces_wide < 0.18)
    first = material(random)
    second = first if wear == "pyjamas" and random.random() < 0.6 else material(random)
    if wear != "bare":
        meshes.append(part(loosened(points, tights[upper], random, 0.01, 0.028), tights[upper], first, owner))
    if wear in ("pyjamas", "day"):
        meshes.append(part(loosened(points, tights[lower], random, 0.01, 0.03), tights[lower], second, owner))
    if wear in ("shirt", "bare"):
        short_legs = tights[lower & (faces_level > 0.4)]
        meshes.append(part(loosened(points, short_legs, random, 0.004, 0.006), short_legs, material(random), owner))
    if wear == "gown":
        skirt = bodies.faces["helper-skirt"]
        skirt = skirt[level[skirt].mean(1) > random.uniform(0.12, 0.35)]
        meshes.append(part(loosened(points, skirt, random, 0.0, 0.02), skirt, first, owner))
    if random.random() < (0.6 if wear == "day" else 0.3):
        shoes = tights[faces_level <= max(hem, 0.06)]
        if len(shoes):
            meshes.append(part(loosened(points, shoes, random, 0.006, 0.004), shoes, material(random), owner))
    return meshes


def part(points: Array, faces: Array, look: Material, owner: str) -> Mesh:
    """The mesh of these faces alone."""
    used, flat = np.unique(faces, return_inverse=True)
    return Mesh(points[used], flat.reshape(faces.shape), look, owner, True)


def loosened(points: Array, faces: Array, random: Random, gap: float, folds: float) -> Array:
    """Cloth off the skin by `gap`, with folds up to `folds` deep (metres)."""
    used = np.unique(faces)
    out = points.copy()
    wave = np.zeros(len(used))
    for _ in range(4):
        direction = unit(random.normal(size=3)) * random.uniform(8, 28)
        wave += np.sin(points[used] @ direction + random.uniform(0, 6))
    out[used] += normals(points, faces)[used] * (gap + folds * np.clip(0.25 * wave + 0.3, 0, 1))[:, None]
    return out
