"""Draws the figures of each epoch as an SVG."""

from __future__ import annotations

import json
from pathlib import Path

LINES = {"found": "#2a6f97", "found at wrong": "#2f9e44", "ap": "#862e9c", "wrong": "#c92a2a"}
WIDTH, HEIGHT, EDGE = 640, 300, 44


def plot(log: Path, out: Path) -> None:
    """@param log lines of figures as `teach` writes them. `wrong` is drawn cut off at one a picture."""
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    last = max(1, max(entry["step"] for entry in entries))

    def at(step: float, share: float) -> str:
        return f"{EDGE + (WIDTH - 2 * EDGE) * step / last:.1f},{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * min(1, share):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
        "<title>Figures of the student on rooms left out, by step</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = at(0, tenth / 10).split(",")
        parts.append(f'<path d="M{x} {y}H{WIDTH - EDGE}" stroke="#ddd"/><text x="{float(x) - 26}" y="{float(y) + 4}">{tenth / 10:.1f}</text>')
    parts.append(f'<text x="{EDGE}" y="{HEIGHT - 22}">step 0</text><text x="{WIDTH - EDGE}" y="{HEIGHT - 22}" text-anchor="end">{last}</text>')
    for number, (name, colour) in enumerate(LINES.items()):
        points = " ".join(at(entry["step"], entry[name]) for entry in entries)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{EDGE + 130 * number}" y="20" fill="{colour}">{name}</text>')
    out.write_text("\n".join([*parts, "</svg>"]) + "\n")
