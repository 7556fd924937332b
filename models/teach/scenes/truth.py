"""The truth of a picture: each person's box, posture, what is seen and what is covered, and where the joints fall. Pure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .shape import Array
from .situation import Situation
from .view import Camera

LOOKED_AT = 260
"""Points of each person that are looked at."""
Hit = Callable[[Array, Array], tuple[str, float]]


def truth_of(situation: Situation, camera: Camera, hit: Hit) -> list[dict]:
    """
    For each person of whom a point is in the picture: `box` (left, top, right, bottom in pixels) round what is seen or lies under a
    cover that is seen, `seen`, `covered` and `hidden` as shares of the points in the picture, `inside` the share that is in the picture.
    """
    out = []
    for person in situation.people:
        points = np.concatenate([m.vertices for m in situation.meshes if m.owner == person.owner])
        points = points[:: max(1, len(points) // LOOKED_AT)]
        at = camera.picture(points)
        inside = (at[:, 2] > 0.05) & (at[:, 0] >= 0) & (at[:, 0] < camera.width) & (at[:, 1] >= 0) & (at[:, 1] < camera.height)
        cover = person.owner.replace("person", "cover")
        met = [hit(camera.at, one)[0] if ok else "" for one, ok in zip(points, inside)]
        seen = np.array([one == person.owner for one in met])
        covered = np.array([one == cover for one in met])
        # The ray to a point on the far side of a body meets the body itself: it counts as seen, as in a silhouette.
        shown = seen | covered
        if inside.sum() < 8 or shown.sum() < 8:
            continue
        low, high = at[shown, :2].min(0), at[shown, :2].max(0)
        joints = {}
        for name, place in person.joints.items():
            x, y, ahead = camera.picture(place)[0]
            owner, _ = hit(camera.at, place) if ahead > 0.05 else ("", 0.0)
            joints[name] = [round(float(x), 1), round(float(y), 1), 2 if owner == person.owner else 1 if owner == cover else 0]
        count = float(inside.sum())
        out.append({
            "posture": person.posture, "box": [round(float(one), 1) for one in (*low, *high)],
            "seen": round(float(seen.sum()) / count, 3), "covered": round(float(covered.sum()) / count, 3),
            "hidden": round(1 - float(shown.sum()) / count, 3), "inside": round(count / len(points), 3), "joints": joints,
        })
    return out
