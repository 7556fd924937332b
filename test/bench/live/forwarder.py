"""A link between two TUN devices with a rate, a delay, jitter, loss and outages in each direction; the kernel here has no netem.

Started with the names of the two devices, which it makes. Obeys JSON lines on stdin and answers each with one on stdout:
  {"do": "shape", "up": SHAPE, "down": SHAPE}   from now on, in each direction («up»: from the first device to the second)
  {"do": "outage", "on": true}                  nothing passes, and what is under way is lost
  {"do": "count"}                               what has passed since it began
SHAPE: {"rate": bit/s, 0 for none, "delay": ms, "jitter": ms to either side, "loss": 0..1, "buffer": ms of the rate that may wait}
"""
import collections
import fcntl
import json
import os
import random
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
LONGEST = 65536


def open_tun(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return fd


class Way:
    """One direction. A packet waits for its turn on the line (the rate), then travels (delay and jitter); none overtakes another."""

    def __init__(self, out):
        self.out = out
        self.shape({"rate": 0, "delay": 0, "jitter": 0, "loss": 0, "buffer": 0})
        self.waiting = collections.deque()
        self.line_free = 0.0
        self.last = 0.0
        self.cut = False
        self.packets = self.bytes = self.lost = self.overflowed = 0

    def shape(self, shape):
        self.rate = shape["rate"]
        self.delay = shape["delay"] / 1000
        self.jitter = shape["jitter"] / 1000
        self.loss = shape["loss"]
        self.buffer = shape["buffer"] / 1000

    def take(self, packet, now):
        if self.cut or (self.loss and random.random() < self.loss):
            self.lost += 1
            return
        if self.rate:
            start = max(now, self.line_free)
            if start - now > self.buffer:
                self.overflowed += 1
                return
            self.line_free = start + len(packet) * 8 / self.rate
        else:
            self.line_free = now
        travel = self.delay + (random.uniform(-self.jitter, self.jitter) if self.jitter else 0)
        self.last = max(self.last, self.line_free + travel)
        self.waiting.append((self.last, packet))

    def give(self, now):
        while self.waiting and self.waiting[0][0] <= now:
            packet = self.waiting.popleft()[1]
            self.packets += 1
            self.bytes += len(packet)
            try:
                os.write(self.out, packet)
            except OSError:
                self.lost += 1

    def outage(self, on):
        self.cut = on
        if on:
            self.lost += len(self.waiting)
            self.waiting.clear()
        self.line_free = self.last = 0.0

    def count(self):
        return {"packets": self.packets, "bytes": self.bytes, "lost": self.lost, "overflowed": self.overflowed}


def main():
    first, second = (open_tun(name) for name in sys.argv[1:3])
    up, down = Way(second), Way(first)
    told = b""

    def obey(order):
        if order["do"] == "shape":
            up.shape(order["up"])
            down.shape(order["down"])
        elif order["do"] == "outage":
            up.outage(order["on"])
            down.outage(order["on"])
        say({"at": time.time() * 1000, "up": up.count(), "down": down.count()})

    def say(what):
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()

    say({"at": time.time() * 1000, "up": up.count(), "down": down.count()})
    while True:
        due = [way.waiting[0][0] for way in (up, down) if way.waiting]
        wait = max(0.0, min(due) - time.monotonic()) if due else None
        readable, _, _ = select.select([first, second, 0], [], [], wait)
        now = time.monotonic()
        for fd, way in ((first, up), (second, down)):
            if fd not in readable:
                continue
            for _ in range(64):
                try:
                    way.take(os.read(fd, LONGEST), now)
                except BlockingIOError:
                    break
                except OSError:
                    # The namespace, and the device in it, have been taken away: there is nothing left to forward.
                    return
        if 0 in readable:
            got = os.read(0, LONGEST)
            if not got:
                return
            *lines, told = (told + got).split(b"\n")
            for line in lines:
                obey(json.loads(line))
        now = time.monotonic()
        up.give(now)
        down.give(now)


main()
