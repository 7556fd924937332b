"""Meshes and the shapes that things are made of: boxes, tubes, soft lumps, draped sheets. Metres, z up. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

Array = np.ndarray
Random = np.random.Generator


@dataclass
class Material:
    """How a surface looks: a pattern of two colours (linear, 0 to 1), and whether it shines by itself."""

    pattern: str = "plain"
    first: tuple[float, float, float] = (0.5, 0.5, 0.5)
    second: tuple[float, float, float] = (0.4, 0.4, 0.4)
    scale: float = 5.0
    rough: float = 0.8
    light: float = 0.0


@dataclass
class Mesh:
    """One object of a scene. `owner` says whom it is or whom it covers: `room`, `thing`, `person:0`, `cover:0`."""

    vertices: Array
    faces: Array
    material: Material = field(default_factory=Material)
    owner: str = "thing"
    smooth: bool = False
    kind: str = ""

    def moved(self, by: tuple[float, float, float] | Array, yaw: float = 0.0) -> Mesh:
        """The same, turned about the upright axis through the origin and then shifted."""
        turned = self.vertices @ about_z(yaw).T + np.asarray(by)
        return Mesh(turned, self.faces, self.material, self.owner, self.smooth, self.kind)


def about_z(angle: float) -> Array:
    """Rotation matrix about the upright axis."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def about(axis: Array, angle: float) -> Array:
    """Rotation matrix about any axis (Rodrigues)."""
    x, y, z = unit(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * (k @ k)


def unit(v: Array) -> Array:
    """The vector at length one."""
    v = np.asarray(v, float)
    return v / max(float(np.linalg.norm(v)), 1e-9)


def turning(start: Array, end: Array) -> Array:
    """The smallest rotation that takes one direction to another."""
    a, b = unit(start), unit(end)
    axis = np.cross(a, b)
    sine, cosine = float(np.linalg.norm(axis)), float(a @ b)
    if sine < 1e-8:
        return np.eye(3) if cosine > 0 else about(np.cross(a, [0.3, 0.5, 0.8]), np.pi)
    return about(axis, np.arctan2(sine, cosine))


def box(size: tuple[float, float, float], centre: tuple[float, float, float], **more: object) -> Mesh:
    """A box by its whole size and its centre."""
    corners = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
    faces = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    return Mesh(corners * size + np.asarray(centre), faces, **more)  # type: ignore[arg-type]


def grid_faces(rows: int, columns: int, around: bool = False) -> Array:
    """Quads between the points of a grid that lie row by row; `around` closes each row to a ring."""
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(columns if around else columns - 1), indexing="ij")
    n = (c + 1) % columns
    quads = [r * columns + c, r * columns + n, (r + 1) * columns + n, (r + 1) * columns + c]
    return np.stack(quads, -1).reshape(-1, 4)


def tube(points: Array, radius: float | Array, sides: int = 8, **more: object) -> Mesh:
    """A round bar along a line of points."""
    points = np.asarray(points, float)
    along = np.gradient(points, axis=0)
    ring = []
    radii = np.broadcast_to(radius, (len(points),))
    for at, direction, wide in zip(points, along, radii):
        side = unit(np.cross(direction, [0.31, 0.17, 0.93]))
        other = unit(np.cross(direction, side))
        angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
        ring.append(at + wide * (np.cos(angles)[:, None] * side + np.sin(angles)[:, None] * other))
    return Mesh(np.concatenate(ring), grid_faces(len(points), sides, True), smooth=True, **more)  # type: ignore[arg-type]


def smooth_noise(random: Random, rows: int, columns: int, coarse: int) -> Array:
    """A field from about -1 to 1 whose features are 1/`coarse` of the whole wide."""
    small = random.normal(0, 0.6, (coarse + 3, coarse + 3))
    r = np.linspace(0, coarse, rows)
    c = np.linspace(0, coarse, columns)
    ri, ci = np.minimum(r.astype(int), coarse), np.minimum(c.astype(int), coarse)
    fr, fc = r - ri, c - ci
    fr, fc = fr * fr * (3 - 2 * fr), fc * fc * (3 - 2 * fc)
    top = small[ri][:, ci] * (1 - fc) + small[ri][:, ci + 1] * fc
    low = small[ri + 1][:, ci] * (1 - fc) + small[ri + 1][:, ci + 1] * fc
    return top * (1 - fr)[:, None] + low * fr[:, None]


def lump(random: Random, size: tuple[float, float, float], square: float = 0.6, rough: float = 0.1, **more: object) -> Mesh:
    """A soft body that stands on the ground at the origin: `square` 1 is a ball, 0.2 nearly a box; `rough` how crumpled."""
    rows, columns = 20, 28
    v, u = np.meshgrid(np.linspace(-np.pi / 2, np.pi / 2, rows), np.linspace(-np.pi, np.pi, columns, endpoint=False), indexing="ij")

    def power(x: Array) -> Array:
        return np.sign(x) * np.abs(x) ** square

    wave = 1 + rough * (smooth_noise(random, rows, columns, 4) + 0.5 * smooth_noise(random, rows, columns, 10))
    wave[:, -1] = (wave[:, 0] + wave[:, -2]) / 2
    x = power(np.cos(v)) * power(np.cos(u)) * wave
    y = power(np.cos(v)) * power(np.sin(u)) * wave
    z = power(np.sin(v)) * wave
    points = np.stack([x, y, z], -1).reshape(-1, 3) * np.asarray(size) / 2
    points[:, 2] -= points[:, 2].min()
    return Mesh(points, grid_faces(rows, columns, True), smooth=True, **more)  # type: ignore[arg-type]


def sheet(height: Array, x: Array, y: Array, **more: object) -> Mesh:
    """A surface over the grid of `x` (columns) and `y` (rows) at the heights given."""
    gx, gy = np.meshgrid(x, y)
    points = np.stack([gx, gy, height], -1).reshape(-1, 3)
    return Mesh(points, grid_faces(len(y), len(x)), smooth=True, **more)  # type: ignore[arg-type]


def curtain(random: Random, width: float, height: float, **more: object) -> Mesh:
    """Cloth that hangs in folds in the plane of x and z, its top at `height`."""
    columns, rows = 60, 6
    x = np.linspace(-width / 2, width / 2, columns)
    fold = 0.05 * np.sin(x * random.uniform(25, 45) + random.uniform(0, 6)) + 0.02 * smooth_noise(random, 2, columns, 12)[0]
    z = np.linspace(height, random.uniform(0.02, 0.3), rows)
    gx, gz = np.meshgrid(x, z)
    points = np.stack([gx, np.broadcast_to(fold, gx.shape), gz], -1).reshape(-1, 3)
    return Mesh(points, grid_faces(rows, columns), smooth=True, **more)  # type: ignore[arg-type]


CLOTH = ("plain", "plain", "stripes", "checks", "blotches", "dots", "weave")
HARD = ("plain", "plain", "wood", "blotches")
GROUND = ("plain", "wood", "planks", "tiles", "blotches", "weave", "wood")


def material(random: Random, patterns: tuple[str, ...] = CLOTH, low: float = 0.05, high: float = 0.9, scale: tuple[float, float] = (3, 40)) -> Material:
    """A surface drawn by chance; `low` and `high` bound how light it is."""
    shade = random.uniform(low, high)
    tint = random.dirichlet((25, 25, 25)) * 3
    other = float(np.clip(shade * random.choice([0.45, 0.65, 0.8, 1.25, 1.6]), 0.02, 0.95))
    tint2 = random.dirichlet((25, 25, 25)) * 3

    def colour(level: float, hue: Array) -> tuple[float, float, float]:
        r, g, b = np.clip(level * hue, 0.01, 0.95)
        return float(r), float(g), float(b)

    return Material(
        str(random.choice(patterns)), colour(shade, tint), colour(other, tint2),
        float(np.exp(random.uniform(*np.log(scale)))), float(random.uniform(0.4, 1.0)),
    )
