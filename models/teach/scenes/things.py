"""What stands, hangs and lies about in a room and is nobody. Each stands on the ground at the origin, its front towards -y. Pure."""

from __future__ import annotations

import numpy as np

from .shape import CLOTH, HARD, Array, Material, Mesh, Random, box, curtain, lump, material, sheet, smooth_noise, tube

METAL = Material("plain", (0.6, 0.6, 0.62), rough=0.3)


def bed(random: Random) -> tuple[list[Mesh], dict[str, float]]:
    """A bed along y, the head at +y: the meshes, and `width`, `length`, `top` (of the mattress) and `below` (free height)."""
    width, length = float(random.choice([0.8, 0.9, 1.05, 1.2, 1.4])), float(random.uniform(1.95, 2.1))
    top = float(random.uniform(0.42, 0.68))
    below = top - 0.2 - float(random.uniform(0.02, 0.1))
    frame = material(random, HARD)
    out = [
        lump_box(random, (width, length, 0.2), (0, 0, top - 0.2), material(random, CLOTH, 0.25)),
        box((width + 0.04, length + 0.04, top - 0.2 - below), (0, 0, (top - 0.2 + below) / 2), material=frame),
    ]
    for x in (-1, 1):
        for y in (-1, 1):
            out.append(box((0.06, 0.06, below), (x * (width / 2 - 0.04), y * (length / 2 - 0.04), below / 2), material=frame))
    rise = float(random.uniform(0.1, 0.5))
    out.append(box((width + 0.06, 0.04, top + rise - 0.1), (0, length / 2 + 0.04, (top + rise + 0.1) / 2), material=frame))
    if random.random() < 0.6:
        rise = float(random.uniform(0.05, 0.4))
        out.append(box((width + 0.06, 0.04, top + rise - 0.1), (0, -length / 2 - 0.04, (top + rise + 0.1) / 2), material=frame))
    if random.random() < 0.3:
        for side in random.permutation([-1, 1])[: random.integers(1, 3)]:
            for level in (0.12, 0.25, 0.38):
                ends = [[side * (width / 2 + 0.03), -0.1 * length, top + level], [side * (width / 2 + 0.03), length * 0.42, top + level]]
                out.append(tube(ends, 0.015, material=METAL))
    return out, {"width": width, "length": length, "top": top, "below": below}


def lump_box(random: Random, size: tuple[float, float, float], at: tuple[float, float, float], look: Material, square: float = 0.22, rough: float = 0.04) -> Mesh:
    """A soft box standing at a place: mattress, cushion, pillow."""
    return lump(random, size, square, rough, material=look).moved(at)


def pillow(random: Random) -> Mesh:
    """Lies flat at the origin, its length along x."""
    return lump(random, (random.uniform(0.5, 0.75), random.uniform(0.35, 0.5), random.uniform(0.1, 0.2)), 0.5, 0.12, material=material(random, CLOTH, 0.3), kind="pillow")


def chair(random: Random) -> list[Mesh]:
    """A chair with four legs and a back."""
    look, seat = material(random, HARD), float(random.uniform(0.42, 0.48))
    w = float(random.uniform(0.4, 0.5))
    out = [box((w, w, 0.05), (0, 0, seat), material=look)]
    out += [box((0.04, 0.04, seat), (x * (w / 2 - 0.03), y * (w / 2 - 0.03), seat / 2), material=look) for x in (-1, 1) for y in (-1, 1)]
    back = float(random.uniform(0.35, 0.55))
    if random.random() < 0.5:
        out.append(box((w, 0.04, back), (0, w / 2 - 0.02, seat + 0.05 + back / 2), material=look))
    else:
        out += [box((0.04, 0.04, back), (x, w / 2 - 0.02, seat + back / 2), material=look) for x in np.linspace(-w / 2 + 0.03, w / 2 - 0.03, random.integers(2, 6))]
        out.append(box((w, 0.04, 0.08), (0, w / 2 - 0.02, seat + back), material=look))
    if random.random() < 0.4:
        out.append(lump_box(random, (w, w, 0.08), (0, 0, seat + 0.02), material(random)))
    return out


def armchair(random: Random, width: float = 0.0) -> list[Mesh]:
    """An upholstered chair; wider it is a sofa."""
    w = width or float(random.uniform(0.7, 0.9))
    d, seat, back = float(random.uniform(0.75, 0.9)), float(random.uniform(0.38, 0.48)), float(random.uniform(0.45, 0.7))
    look = material(random)
    out = [
        lump_box(random, (w, d, seat), (0, 0, 0), look),
        lump_box(random, (w, 0.25, seat + back), (0, d / 2 - 0.12, 0), look),
    ]
    out += [lump_box(random, (0.18, d, seat + 0.22), (x * (w / 2 - 0.05), 0, 0), look) for x in (-1, 1)]
    if random.random() < 0.5:
        out.append(pillow(random).moved((random.uniform(-0.1, 0.1) * w, 0.1, seat), random.uniform(-0.6, 0.6)))
    return out


def wheelchair(random: Random) -> list[Mesh]:
    """Seat, back, two large wheels, two small ones."""
    look = material(random, ("plain",), 0.03, 0.4)
    out = [box((0.45, 0.45, 0.05), (0, 0, 0.48), material=look), box((0.45, 0.04, 0.45), (0, 0.22, 0.72), material=look)]
    angle = np.linspace(0, 2 * np.pi, 25)
    for x in (-0.28, 0.28):
        for radius, y, thick in ((0.3, 0.1, 0.02), (0.1, -0.35, 0.02), (0.26, 0.1, 0.01)):
            out.append(tube(np.stack([np.full(25, x), y + radius * np.cos(angle), radius + 0.01 + radius * np.sin(angle)], -1), thick, 6, material=METAL))
        out.append(tube([[x, 0.25, 0.95], [x, 0.22, 0.5], [x, -0.2, 0.45], [x, -0.4, 0.1]], 0.02, material=METAL))
    return out


def walker(random: Random) -> list[Mesh]:
    """A walking frame, often with a seat or a basket."""
    high, wide = float(random.uniform(0.8, 0.95)), float(random.uniform(0.5, 0.62))
    look = METAL if random.random() < 0.6 else material(random, ("plain",))
    out = []
    for x in (-wide / 2, wide / 2):
        out.append(tube([[x, 0.3, high], [x, 0.05, high], [x, -0.15, high - 0.25], [x, -0.3, 0.05]], 0.016, material=look))
        out.append(tube([[x, 0.1, high - 0.1], [x, 0.3, 0.05]], 0.016, material=look))
        angle = np.linspace(0, 2 * np.pi, 13)
        for y in (-0.3, 0.3):
            out.append(tube(np.stack([np.full(13, x), y + 0.08 * np.cos(angle), 0.09 + 0.08 * np.sin(angle)], -1), 0.015, 6, material=Material("plain", (0.03,) * 3)))
    out.append(tube([[-wide / 2, -0.1, 0.6], [wide / 2, -0.1, 0.6]], 0.016, material=look))
    if random.random() < 0.5:
        out.append(box((wide, 0.25, 0.04), (0, 0, 0.55), material=material(random, ("plain",))))
    if random.random() < 0.4:
        out.append(lump_box(random, (wide * 0.8, 0.22, 0.25), (0, -0.2, 0.3), material(random)))
    return out


def table(random: Random) -> list[Mesh]:
    """A table with a few things on it."""
    w, d, h = float(random.uniform(0.5, 1.3)), float(random.uniform(0.45, 0.8)), float(random.uniform(0.45, 0.76))
    look = material(random, HARD)
    out = [box((w, d, 0.04), (0, 0, h), material=look)]
    out += [box((0.05, 0.05, h), (x * (w / 2 - 0.05), y * (d / 2 - 0.05), h / 2), material=look) for x in (-1, 1) for y in (-1, 1)]
    for _ in range(random.integers(0, 4)):
        size = random.uniform(0.06, 0.25, 3)
        out.append(lump(random, tuple(size), float(random.uniform(0.2, 1)), 0.05, material=material(random)).moved((random.uniform(-0.4, 0.4) * w, random.uniform(-0.4, 0.4) * d, h + 0.02)))
    return out


def cupboard(random: Random) -> list[Mesh]:
    """Wardrobe, chest of drawers, bookcase."""
    w, d, h = float(random.uniform(0.5, 1.5)), float(random.uniform(0.35, 0.6)), float(random.choice([random.uniform(0.6, 1.0), random.uniform(1.6, 2.1)]))
    out = [box((w, d, h), (0, 0, h / 2), material=material(random, HARD))]
    front = material(random, HARD)
    if random.random() < 0.4:
        shelves = random.integers(3, 6)
        for level in range(shelves):
            z = h * (level + 0.5) / shelves
            x = -w / 2 + 0.05
            while x < w / 2 - 0.08:
                wide = float(random.uniform(0.02, 0.09))
                tall = float(random.uniform(0.5, 0.85)) * h / shelves
                out.append(box((wide, 0.04, tall), (x + wide / 2, -d / 2 - 0.01, z - h / shelves / 2 + tall / 2), material=material(random, ("plain",))))
                x += wide + 0.005
    else:
        across, down = random.integers(1, 4), random.integers(1, 5)
        for i in range(across):
            for j in range(down):
                out.append(box((w / across * 0.94, 0.03, h / down * 0.94), (-w / 2 + w / across * (i + 0.5), -d / 2 - 0.01, h / down * (j + 0.5)), material=front))
    if h < 1.2 and random.random() < 0.7:
        out.append(clutter(random).moved((random.uniform(-0.3, 0.3) * w, 0, h)))
    return out


def bag(random: Random) -> list[Mesh]:
    """A bag, a backpack, a suitcase or a sack, standing or fallen, with straps."""
    kind = random.integers(0, 4)
    size = [(0.45, 0.25, 0.35), (0.34, 0.25, 0.5), (0.45, 0.25, 0.65), (0.45, 0.45, 0.5)][kind] * random.uniform(0.7, 1.25, 3)
    look = material(random, CLOTH, 0.02, 0.7)
    square = (0.5, 0.45, 0.2, 0.85)[kind]
    out = [lump(random, tuple(size), square, 0.03 if kind == 2 else 0.12, material=look)]
    x, _, z = size
    angle = np.linspace(0, np.pi, 9)
    if kind in (0, 2):
        out.append(tube(np.stack([0.25 * x * np.cos(angle), np.full(9, -0.05), z * 0.95 + 0.15 * np.sin(angle)], -1), 0.015, 6, material=look))
    if kind == 1:
        out.append(lump(random, (x * 0.75, 0.12, z * 0.5), 0.4, 0.1, material=material(random, CLOTH, 0.02, 0.7)).moved((0, -size[1] / 2, 0.03)))
        for side in (-0.25, 0.25):
            out.append(tube(np.stack([np.full(9, side * x), size[1] / 2 + 0.1 * np.sin(angle), z * 0.5 - 0.4 * z * np.cos(angle)], -1), 0.025, 6, material=look))
    if random.random() < 0.35:
        fall = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0.0]])
        for mesh in out:
            mesh.vertices = mesh.vertices @ fall.T
        low = min(mesh.vertices[:, 2].min() for mesh in out)
        for mesh in out:
            mesh.vertices[:, 2] -= low
    return out


def heap(random: Random) -> list[Mesh]:
    """Clothes, bedding or towels in a heap; long ones are nearly as long as a body."""
    size = (random.uniform(0.4, 1.5), random.uniform(0.3, 0.7), random.uniform(0.1, 0.4))
    n = 40
    x, y = np.linspace(-0.5, 0.5, n) * size[0] * 1.2, np.linspace(-0.5, 0.5, n) * size[1] * 1.2
    gx, gy = np.meshgrid(x / size[0] * 2, y / size[1] * 2)
    dome = np.clip(1 - gx**2 - gy**2 + 0.25 * smooth_noise(random, n, n, 4), 0, 1) ** 0.6
    wave = 0.7 + 0.3 * smooth_noise(random, n, n, 5) + 0.18 * smooth_noise(random, n, n, 14)
    out = [sheet(np.where(dome > 0, dome * wave * size[2], -0.03), x, y, material=material(random))]
    for _ in range(random.integers(0, 4)):
        out.append(lump(random, tuple(random.uniform(0.15, 0.5, 3) * [1, 1, 0.5]), 0.7, 0.35, material=material(random)).moved((random.normal(0, 0.2) * size[0], random.normal(0, 0.2) * size[1], random.uniform(0, 0.1))))
    return out


def roll(random: Random) -> list[Mesh]:
    """A rolled or bunched blanket, straight or bent like a sleeper."""
    n = 16
    t = np.linspace(0, 1, n)
    length, bend = random.uniform(0.7, 1.8), random.uniform(-1.2, 1.2)
    angle = bend * (t - 0.5)
    x = np.cumsum(np.cos(angle)) * length / n
    y = np.cumsum(np.sin(angle)) * length / n
    radius = random.uniform(0.09, 0.2) * (1 + 0.25 * smooth_noise(random, 2, n, 5)[0]) * np.clip(np.sin(np.pi * t) * 4, 0.2, 1)
    points = np.stack([x - x.mean(), y - y.mean(), radius], -1)
    return [tube(points, radius, 14, material=material(random))]


def clutter(random: Random) -> Mesh:
    """One small thing of no name."""
    size = random.uniform(0.08, 0.4, 3)
    return lump(random, tuple(size), float(random.uniform(0.15, 1)), float(random.uniform(0, 0.3)), material=material(random), kind="clutter")


def animal(random: Random) -> list[Mesh]:
    """A cat or a small dog, lying or standing; nobody, and never told as more."""
    size = float(random.uniform(0.7, 1.4))
    look = material(random, ("plain", "blotches"), 0.03, 0.7)
    lies = random.random() < 0.6
    leg = 0.0 if lies else 0.16 * size
    out = [lump(random, (0.42 * size, 0.18 * size, 0.18 * size), 0.9, 0.08, material=look).moved((0, 0, leg))]
    out.append(lump(random, (0.14 * size, 0.12 * size, 0.12 * size), 0.9, 0.05, material=look).moved((0.24 * size, random.normal(0, 0.03), leg + 0.12 * size)))
    out.append(tube([[-0.2 * size, 0, leg + 0.1], [-0.32 * size, 0.04, leg + 0.08], [-0.4 * size, 0.1, leg + 0.05 + random.uniform(0, 0.15)]], 0.02 * size, 6, material=look))
    out += [tube([[0.235 * size, s * 0.035, leg + 0.2 * size], [0.235 * size, s * 0.045, leg + 0.27 * size]], [0.02 * size, 0.004], 5, material=look) for s in (-1, 1)]
    if not lies:
        out += [tube([[x * size, y * size, 0], [x * size, y * size, leg + 0.05]], 0.022 * size, 6, material=look) for x in (-0.15, 0.16) for y in (-0.05, 0.05)]
    return out


def lamp(random: Random) -> list[Mesh]:
    """A standing or a table lamp, off or glowing."""
    high = float(random.choice([0.4, 1.5]))
    glow = float(random.choice([0, 0, 0, 1.5]))
    shade = Material("plain", (0.8, 0.75, 0.6), light=glow)
    return [
        tube([[0, 0, 0], [0, 0, high]], 0.015, material=METAL),
        tube([[0, 0, high - 0.12], [0, 0, high + 0.12]], [0.16, 0.1], 14, material=shade),
        tube([[0, 0, 0], [0, 0, 0.03]], 0.12, 14, material=METAL),
    ]


def plant(random: Random) -> list[Mesh]:
    """A pot with leaves."""
    high = float(random.uniform(0.3, 1.4))
    out = [tube([[0, 0, 0], [0, 0, 0.25]], [0.1, 0.14], 12, material=material(random, HARD))]
    leaf = material(random, ("plain", "blotches"), 0.1, 0.45)
    for _ in range(random.integers(6, 16)):
        a, r = random.uniform(0, 6.28), random.uniform(0.1, 0.4)
        end = np.array([r * np.cos(a), r * np.sin(a), random.uniform(0.25, high)])
        middle = end * [0.4, 0.4, 0.8] + [0, 0, 0.15]
        out.append(tube([[0, 0, 0.22], middle, end], [0.006, 0.04, 0.003], 5, material=leaf))
    return out


def hanging(random: Random) -> list[Mesh]:
    """A robe, a coat or a towel on a hook: stands for itself at the wall, its back at y = 0."""
    w, top, low_edge = random.uniform(0.3, 0.6), random.uniform(1.4, 1.9), random.uniform(0.3, 1.0)
    rows, columns = 14, 24
    z = np.linspace(top, low_edge, rows)
    widths = np.interp(np.linspace(0, 1, rows), [0, 0.12, 1], [0.12, w, w * random.uniform(0.8, 1.4)])
    u = np.linspace(-np.pi, np.pi, columns, endpoint=False)
    gu, gw = np.meshgrid(u, widths)
    fold = 1 + 0.12 * np.sin(gu * random.integers(5, 11)) * np.linspace(0, 1, rows)[:, None]
    points = np.stack([gw / 2 * np.cos(gu) * fold, -0.12 + 0.1 * np.sin(gu) * fold, np.broadcast_to(z[:, None], gu.shape)], -1).reshape(-1, 3)
    from .shape import grid_faces

    return [Mesh(points, grid_faces(rows, columns, True), material(random), smooth=True)]


def hangings(random: Random, width: float) -> list[Mesh]:
    """A window at the wall: pane, bars, curtains. Its back at y = 0."""
    w, h, low_edge = float(random.uniform(0.8, min(1.8, width))), float(random.uniform(0.9, 1.4)), float(random.uniform(0.6, 1.0))
    glow = float(random.choice([0, 0, 0.2, 1.2]))
    pane = Material("plain", (0.02, 0.02, 0.03) if glow == 0 else (0.6, 0.65, 0.7), rough=0.1, light=glow)
    bars = material(random, ("plain",), 0.3)
    out = [box((w, 0.02, h), (0, -0.01, low_edge + h / 2), material=pane)]
    out += [box((0.05, 0.05, h), (x, -0.03, low_edge + h / 2), material=bars) for x in (-w / 2, 0, w / 2)]
    out += [box((w, 0.05, 0.05), (0, -0.03, low_edge + z), material=bars) for z in (0, h)]
    if random.random() < 0.8:
        look = material(random)
        closed = random.random() < 0.35
        wide = w * (0.55 if closed else 0.28)
        for side in (-1, 1):
            at = side * (w / 4 if closed else w / 2)
            out.append(curtain(random, wide, low_edge + h + 0.15, material=look).moved((at, -0.12, 0)))
    return out


def picture(random: Random) -> list[Mesh]:
    """A framed picture or a clock at the wall, its back at y = 0, hung at eye level."""
    w, h = float(random.uniform(0.2, 0.9)), float(random.uniform(0.2, 0.7))
    z = float(random.uniform(1.3, 1.8))
    return [
        box((w, 0.03, h), (0, -0.015, z), material=material(random, HARD)),
        box((w * 0.85, 0.01, h * 0.85), (0, -0.035, z), material=material(random, ("blotches", "dots", "checks", "stripes"))),
    ]


def screen(random: Random) -> list[Mesh]:
    """A television on a low bench."""
    w = float(random.uniform(0.6, 1.2))
    glow = float(random.choice([0, 0, 0.8]))
    return [
        box((w + 0.2, 0.4, 0.5), (0, 0, 0.25), material=material(random, HARD)),
        box((w, 0.05, w * 0.56), (0, 0, 0.55 + w * 0.28), material=Material("plain", (0.02,) * 3)),
        box((w * 0.95, 0.01, w * 0.52), (0, -0.03, 0.55 + w * 0.28), material=Material("blotches" if glow else "plain", (0.5, 0.6, 0.7) if glow else (0.01,) * 3, (0.1, 0.2, 0.3) if glow else (0.01,) * 3, 4, 0.2, glow)),
    ]


def bounds(meshes: list[Mesh]) -> tuple[Array, Array]:
    """The lowest and the highest corner of what these take up."""
    return np.min([m.vertices.min(0) for m in meshes], 0), np.max([m.vertices.max(0) for m in meshes], 0)
