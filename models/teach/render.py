"""Renders rooms one after the other, each in a Blender of its own; what is whole already is left as it is."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HELD_OUT = 7
"""Rooms whose seed leaves this rest when divided by eight, and the people in them, are only judged on."""


def is_held_out(room: int) -> bool:
    """Whether a room is left out of teaching."""
    return room % 8 == HELD_OUT


def render(rooms: range, pictures: int, folder: Path, bodies: Path, say: bool = True) -> None:
    """@throws subprocess.CalledProcessError where Blender fails, with what it said on the screen."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [room for room in rooms if not (folder / f"room-{room:03d}").exists()]
    start = time.monotonic()
    for number, room in enumerate(missing):
        command = ["blender", "-b", "--python-exit-code", "1", "-P", str(HERE / "render_room.py"), "--", str(room), str(pictures), str(folder), str(bodies)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        each = (time.monotonic() - start) / (number + 1)
        if say:
            left = each * (len(missing) - number - 1) / 60
            print(f"rendered {len(rooms) - len(missing) + number + 1} of {len(rooms)} rooms, {each:.0f} s each, {left:.0f} min left", flush=True)


def beds_empty(truth: dict) -> bool:
    """Whether nobody lies in a bed. Shown who does, the student took every real bed with things on it for somebody."""
    return all(one["posture"] not in ("in-bed", "under-blanket") for one in truth["people"])


def truths(folder: Path, held_out: bool) -> list[dict]:
    """The truth of all pictures of whole rooms, those that are left out or the others."""
    out = []
    for file in sorted(folder.glob("room-???/truth.jsonl")):
        if is_held_out(int(file.parent.name[-3:])) == held_out:
            out += [json.loads(line) for line in file.read_text().splitlines()]
    return out
