"""A network of several TUN devices, each with one address; every way from one to another has faults of its own. The kernel here has no netem.

Started with NAME=ADDRESS of each device, which it makes. Obeys JSON lines on stdin and answers each with one on stdout:
  {"do": "way", "from": NAME, "to": NAME, "fault": FAULT or null}   from now on, in this direction alone; null: none
  {"do": "heal"}                                                    no faults anywhere
FAULT: {"cut": bool, "delay": ms, "jitter": ms to either side, "loss": 0..1, "twice": 0..1, "overtakes": 0..1}, each of them optional.
What is under way when a way is cut is lost.
"""
import fcntl
import heapq
import json
import os
import random
import select
import socket
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
    """One direction between two devices. Nothing overtakes anything, but for what is said to."""

    def __init__(self, out):
        self.out = out
        self.waiting = []
        self.number = 0
        self.last = 0.0
        self.become({})

    def become(self, fault):
        self.cut = fault.get("cut", False)
        self.delay = fault.get("delay", 0) / 1000
        self.jitter = fault.get("jitter", 0) / 1000
        self.loss = fault.get("loss", 0)
        self.twice = fault.get("twice", 0)
        self.overtakes = fault.get("overtakes", 0)
        if self.cut:
            self.waiting.clear()

    def take(self, packet, now):
        if self.cut or (self.loss and random.random() < self.loss):
            return
        self.put(packet, now)
        if self.twice and random.random() < self.twice:
            self.put(packet, now)

    def put(self, packet, now):
        due = now + self.delay + (random.uniform(-self.jitter, self.jitter) if self.jitter else 0)
        if not (self.overtakes and random.random() < self.overtakes):
            due = self.last = max(self.last, due)
        self.number += 1
        heapq.heappush(self.waiting, (due, self.number, packet))

    def give(self, now):
        while self.waiting and self.waiting[0][0] <= now:
            packet = heapq.heappop(self.waiting)[2]
            try:
                os.write(self.out, packet)
            except OSError:
                pass


def main():
    names, addresses, files = [], {}, {}
    for word in sys.argv[1:]:
        name, address = word.split("=")
        names.append(name)
        addresses[socket.inet_aton(address)] = name
        files[name] = open_tun(name)
    ways = {(one, other): Way(files[other]) for one in names for other in names if one != other}
    named = {fd: name for name, fd in files.items()}
    told = b""

    def obey(order):
        if order["do"] == "heal":
            for way in ways.values():
                way.become({})
        else:
            ways[order["from"], order["to"]].become(order["fault"] or {})
        say({})

    def say(what):
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()

    say({})
    while True:
        due = [way.waiting[0][0] for way in ways.values() if way.waiting]
        wait = max(0.0, min(due) - time.monotonic()) if due else None
        readable, _, _ = select.select([*named, 0], [], [], wait)
        now = time.monotonic()
        for fd in readable:
            if fd == 0:
                continue
            for _ in range(64):
                try:
                    packet = os.read(fd, LONGEST)
                except BlockingIOError:
                    break
                except OSError:
                    # The namespace, and the device in it, have been taken away.
                    return
                if len(packet) < 20 or packet[0] >> 4 != 4:
                    continue
                way = ways.get((named[fd], addresses.get(packet[16:20])))
                if way:
                    way.take(packet, now)
        if 0 in readable:
            got = os.read(0, LONGEST)
            if not got:
                return
            *lines, told = (told + got).split(b"\n")
            for line in lines:
                obey(json.loads(line))
        now = time.monotonic()
        for way in ways.values():
            way.give(now)


main()
