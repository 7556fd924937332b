"""What a night camera makes of a picture: drawn anew each time a picture is shown. Pictures are BGR, 0 to 255."""

from __future__ import annotations

import cv2
import numpy as np

Array = np.ndarray
Random = np.random.Generator


def framed(random: Random, picture: Array, boxes: Array, side: int, plain: bool = False) -> tuple[Array, Array]:
    """
    The picture in the square that the network is shown, as the product letterboxes it, upright or on its side; unless `plain` also
    mirrored, nearer or farther and a little tilted.
    @param boxes rows of left, top, right, bottom in pixels of the picture
    @returns the square, and the boxes in it (not cut at its edges)
    """
    height, width = picture.shape[:2]
    scale = side / max(width, height)
    quarter = float(random.choice([0, 0, 90, 270])) if not plain else 0.0
    middle = np.array([width / 2, height / 2])
    mirror = 1.0
    if not plain:
        quarter += random.normal(0, 3)
        if random.random() < 0.65:
            nearer = float(np.exp(random.uniform(-0.25, 0.6)))
            if len(boxes) and random.random() < 0.8:
                # Until the person is as large as one is who is two to five metres from a camera on a shelf.
                box = boxes[random.integers(len(boxes))]
                nearer = float(np.clip(random.uniform(0.28, 0.8) * side / max((box[2:] - box[:2]).max() * scale, 1), 0.75, 3))
                middle = middle + min(1.0, max(0.0, nearer - 0.9) * 2) * ((box[:2] + box[2:]) / 2 - middle)
            scale *= nearer
            middle = middle + random.normal(0, 0.1, 2) * side / scale
        mirror = float(random.choice([-1, 1]))
    angle = np.deg2rad(quarter)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([mirror, 1.0])
    map_ = np.concatenate([turn, (side / 2 - turn @ middle)[:, None]], 1)
    out = cv2.warpAffine(picture, map_, (side, side), flags=cv2.INTER_LINEAR)
    if not len(boxes):
        return out, boxes
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2) @ turn.T + map_[:, 2]
    # Near a quarter turn the box of the corners is the box of the body; the few degrees beside it are taken off again.
    tilt = abs(np.sin(2 * angle)) / 2
    low, high = corners.min(1), corners.max(1)
    trim = (high - low) * min(0.3, tilt) * 0.5
    return out, np.concatenate([low + trim, high - trim], 1)


def night(random: Random, picture: Array) -> Array:
    """Grey, and then as dark, noisy, smoothed, coded, vignetted or glaring as it comes; half of the time only a little of it."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    blank = grey < 1 / 255
    if random.random() < 0.25:
        grey = cv2.GaussianBlur(grey, (0, 0), float(random.uniform(0.4, 1.4)))
    harsh = random.random() < 0.35
    level = float(grey[~blank].mean()) if (~blank).any() else 0.3
    wanted = float(np.exp(random.uniform(np.log(0.11), np.log(0.4)))) if harsh else float(random.uniform(0.2, 0.6))
    gamma = float(np.exp(random.normal(0, 0.3)))
    grey = np.clip(grey * min(wanted / max(level, 0.02), 4.0), 0, 1.3) ** gamma
    h, w = grey.shape
    y, x = np.ogrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    if random.random() < 0.5:
        cx, cy = random.normal(0, 0.2, 2)
        grey = grey * np.clip(1 - random.uniform(0.1, 0.6) * ((x - cx) ** 2 + (y - cy) ** 2) * 0.7, 0.05, 1)
    if random.random() < 0.12:
        cx, cy = random.uniform(-1, 1, 2)
        grey = grey + random.uniform(0.2, 1) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / random.uniform(0.005, 0.15))
    if random.random() < 0.06:
        grey = grey * (1 + random.uniform(0.05, 0.2) * np.sin(y * random.uniform(3, 20) + random.uniform(0, 6)))
    read = float(random.uniform(0.005, 0.04)) * min(1, wanted / 0.15) if harsh else float(random.uniform(0, 0.015))
    shot = float(random.uniform(0, 0.03)) if harsh else 0.0
    noise = random.standard_normal((h, w), dtype=np.float32) * (read + shot * np.sqrt(np.clip(grey, 0, 1)))
    kind = random.random()
    if kind < 0.35:
        grey = grey + noise
    elif kind < 0.65:
        grey = cv2.blur(grey + noise * 1.5, (3, 3))
    elif kind < 0.85:
        # A camera's own denoiser: flat parts become blotches, edges stay.
        soft = np.clip((grey + noise) * 255, 0, 255).astype(np.uint8)
        grey = cv2.bilateralFilter(soft, 5, 40 + 600 * read, 3).astype(np.float32) / 255
    else:
        grey = grey + noise * 0.3 + cv2.resize(random.standard_normal((h // 4 + 1, w // 4 + 1), dtype=np.float32) * read, (w, h)) * 0.7
    if random.random() < 0.3:
        low, high = np.percentile(grey[::4, ::4], (2, 99))
        grey = (grey - low) / max(high - low, 0.1) * random.uniform(0.7, 1)
    out = np.clip(grey * 255, 0, 255).astype(np.uint8)
    out[blank] = 0
    if random.random() < 0.25:
        text = f"2026-{random.integers(1, 13):02d}-{random.integers(1, 29):02d} {random.integers(0, 24):02d}:{random.integers(0, 60):02d}:{random.integers(0, 60):02d}"
        cv2.putText(out, text, (int(random.integers(0, w // 3)), int(random.choice([12, h - 6]))), cv2.FONT_HERSHEY_PLAIN, float(random.uniform(0.6, 1)), 255, 1)
    if random.random() < 0.4:
        _, coded = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(18, 80))])
        out = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return np.repeat(out[..., None], 3, 2)
