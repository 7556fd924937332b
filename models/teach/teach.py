"""Teaches the student on rendered pictures; goes on where it was stopped. Epochs are counted in pictures shown."""

from __future__ import annotations

import copy
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from data import drawn
from figures import figures_of
from loss import kept_of, loss_of
from network import Network, centres, joined, prepared
from render import beds_empty, truths


@dataclass
class Lesson:
    """How long and how strongly is taught."""

    steps: int = 300
    batch: int = 8
    rate: float = 1e-3
    """Of gains and biases; kernels learn at a tenth."""
    homesick: float = 2e-3
    """Share of each weight's way from where it began that is taken back at each step, at the full rate."""
    kept_every: int = 3
    """Steps from one comparison with the teacher to the next."""
    figures_every: int = 100
    narrow: bool = True
    """Only what `Network.narrow` leaves is taught."""
    sides: tuple[int, ...] = (224, 256, 320)


def rate_at(lesson: Lesson, step: int) -> float:
    """Warm-up, then a cosine down to a fiftieth."""
    if step < 100:
        return lesson.rate * (step + 1) / 100
    return lesson.rate * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, step / lesson.steps))))


def teach(start_from: Path, pictures: Path, work: Path, lesson: Lesson, judged: int = 240) -> Network:
    """@returns the student: the running mean of what was taught. `work/figures.jsonl` holds the figures as they went."""
    work.mkdir(parents=True, exist_ok=True)
    student = Network(start_from)
    if lesson.narrow:
        student.narrow()
    teacher = copy.deepcopy(student).requires_grad_(False)
    mean = copy.deepcopy(teacher)
    weights = [one for one in student.parameters() if one.requires_grad]
    # A gain of one and a kernel's weight of some hundredths do not bear the same steps.
    kernels = [one for one in weights if one.ndim == 4 and one[0].numel() > 1]
    others = [one for one in weights if not any(one is kernel for kernel in kernels)]
    optimizer = torch.optim.AdamW([{"params": others, "share": 1.0}, {"params": kernels, "share": 0.1}], lr=lesson.rate, weight_decay=0.0, betas=(0.9, 0.995))
    left_out = truths(pictures, held_out=True)[:judged]
    saved = work / "state.pt"
    step, log = 0, work / "figures.jsonl"
    if saved.exists():
        state = torch.load(saved)
        student.load_state_dict(state["student"])
        mean.load_state_dict(state["mean"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
    elif left_out:
        write(log, {"step": 0, **figures_of(teacher, pictures, left_out, 256)})
    began, first = time.monotonic(), step
    losses: list[list[float]] = []
    taught: list[dict] = []
    while step < lesson.steps:
        if step % 50 == 0 or not taught:
            taught = [one for one in truths(pictures, held_out=False) if beds_empty(one)]
        random = np.random.default_rng([41, step])
        side = int(random.choice(lesson.sides))
        batch = drawn(random, pictures, [taught[one] for one in random.choice(len(taught), lesson.batch)], side)
        points, strides = centres(side)
        for group in optimizer.param_groups:
            group["lr"] = group["share"] * rate_at(lesson, step)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = student(prepared(batch.student))
        scores, shapes = (one.float() for one in joined(outputs))
        score, shape = loss_of(scores, shapes, batch.boxes, batch.vague, points, strides)
        kept = torch.zeros(())
        if step % lesson.kept_every == 0:
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                teacher_scores, teacher_shapes = (one.float() for one in joined(teacher(prepared(batch.teacher))))
            kept = kept_of(scores, shapes, teacher_scores, teacher_shapes)
        optimizer.zero_grad()
        (score + shape + kept).backward()
        torch.nn.utils.clip_grad_norm_(weights, 10.0)
        optimizer.step()
        homeward(student, teacher, lesson.homesick * rate_at(lesson, step) / lesson.rate)
        follow(mean, student, min(0.998, (step + 1) / (step + 20)))
        losses.append([float(score), float(shape), float(kept)])
        step += 1
        if step % 50 == 0 or step == lesson.steps:
            each = (time.monotonic() - began) / (step - first)
            a, b, c = np.mean(losses[-50:], 0)
            print(f"taught {step} of {lesson.steps} steps on {len(taught)} pictures, {each:.2f} s each, {each * (lesson.steps - step) / 60:.0f} min left; losses {a:.3f} {b:.3f} {c * lesson.kept_every:.3f}", flush=True)
        if step % lesson.figures_every == 0 or step == lesson.steps:
            if left_out:
                entry = {"step": step, **figures_of(mean, pictures, left_out, 256)}
                write(log, entry)
                print(json.dumps(entry), flush=True)
            part = work / "state.part"
            torch.save({"student": student.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
            part.rename(saved)
    return mean


@torch.no_grad()
def homeward(student: Network, teacher: Network, share: float) -> None:
    """Draws every weight a little back to where it began: what real pictures taught is not forgotten for drawn ones (arXiv:1802.01483)."""
    for one, home in zip(student.parameters(), teacher.parameters()):
        one.lerp_(home, share)


@torch.no_grad()
def follow(mean: Network, student: Network, keep: float) -> None:
    """The running mean."""
    for one, new in zip(mean.parameters(), student.parameters()):
        one.lerp_(new, 1 - keep)


def write(log: Path, entry: dict) -> None:
    """One line of figures."""
    with log.open("a") as file:
        file.write(json.dumps(entry) + "\n")
